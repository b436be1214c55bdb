# The calls of Microsoft's Test-HMAEAS.ps1, in its order and with its lines of output ([HMAEAS]).
param([string] $Address)
$ErrorActionPreference = 'Continue'
$ProgressPreference = 'SilentlyContinue'
$domain = $Address.Split('@')[1]
$activeSync = $null
try {
    $answer = Invoke-WebRequest -UseBasicParsing -Headers @{ Accept = 'application/json'; 'Content-Length' = '0' } `
        -Uri "https://autodiscover.$domain/autodiscover/autodiscover.json?Email=$Address&Protocol=activesync&RedirectCount=3"
    $activeSync = ($answer.Content | ConvertFrom-Json).Url
    Write-Host $activeSync
} catch { Write-Error $_.Exception.Message }
if ($activeSync) {
    try {
        Invoke-RestMethod -Uri $activeSync -Headers @{ Accept = 'application/json'; Authorization = 'Bearer '; 'Content-Length' = '0' } | Out-Null
    } catch { Write-Host "$($_.Exception.Response.Headers)" }
}
try {
    $found = (Invoke-WebRequest -UseBasicParsing -Headers @{ 'x-email' = $Address } `
        -Uri 'https://prod-autodetect.outlookmobile.com/detect?services=office365,outlook,google,icloud,yahoo&protocols=rest-cloud,rest-outlook,rest-office365,eas,imap,smtp').Content | ConvertFrom-Json
    $part = if ($found.services) { $found.services } else { $found.protocols }
    Write-Host 'Autodetect has the following services listed for the user'
    Write-Host 'Service:    ' $part.service
    Write-Host 'Protocol:   ' $part.protocol
    Write-Host 'Hostname:   ' $part.hostname
    Write-Host 'Azure AD:   ' $part.aad
    Write-Host 'On-Premises:' $part.onprem
} catch { Write-Error $_.Exception.Message }
