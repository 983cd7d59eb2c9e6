@echo off
rem Adds Handout to the Start menu of this user: it opens the page in the browser.
powershell -NoProfile -Command "$s = (New-Object -ComObject WScript.Shell).CreateShortcut([Environment]::GetFolderPath('Programs') + '\Handout.lnk'); $s.TargetPath = '%~dp0handout.exe'; $s.Arguments = 'serve'; $s.WorkingDirectory = [Environment]::GetFolderPath('MyDocuments'); $s.IconLocation = '%~dp0handout.ico'; $s.WindowStyle = 7; $s.Save()"
if errorlevel 1 (echo It could not be added.) else echo Handout is in the Start menu now.
pause
