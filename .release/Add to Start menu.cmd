@echo off
rem Adds Handout to the Start menu of this user: it opens the page in the browser. A path may have any sign in it, so
rem that it is handed over as a variable.
if not exist "%~dp0handout.exe" goto packed
set "HANDOUT_HERE=%~dp0"
powershell -NoProfile -Command "$s = (New-Object -ComObject WScript.Shell).CreateShortcut([Environment]::GetFolderPath('Programs') + '\Handout.lnk'); $s.TargetPath = $env:HANDOUT_HERE + 'handout.exe'; $s.Arguments = 'serve'; $s.WorkingDirectory = [Environment]::GetFolderPath('MyDocuments'); $s.IconLocation = $env:HANDOUT_HERE + 'handout.ico,0'; $s.WindowStyle = 7; $s.Save()"
if errorlevel 1 (echo It could not be added.) else echo Handout is in the Start menu now.
pause
exit /b
:packed
echo Unpack the whole archive first: handout.exe is not beside this file.
pause
