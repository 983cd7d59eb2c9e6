@echo off
rem Takes Handout out of the Start menu of this user again. What Handout made stays.
powershell -NoProfile -Command "Remove-Item -ErrorAction Stop ([Environment]::GetFolderPath('Programs') + '\Handout.lnk')"
if errorlevel 1 (echo It is not there, or could not be taken out.) else echo Handout is no longer in the Start menu.
pause
