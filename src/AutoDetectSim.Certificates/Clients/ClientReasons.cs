using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Certificates.Clients;

/// <summary>Explains a client's verdict in one sentence.</summary>
internal static class ClientReasons
{
    public static string For(
        ClientProfile profile,
        ValidationResult best,
        ValidationCode code,
        IReadOnlyList<ClientPathStep> path,
        IReadOnlyList<IssuerDownload> downloads,
        int presentedCount)
    {
        if (code == ValidationCode.Ok)
        {
            return Accepted(path);
        }

        if (code == ValidationCode.AltNameInvalid && best.Accepted)
        {
            return "The certificate has no subjectAltName, and this client ignores the common name.";
        }

        if (best.MissingIssuer is { } missing && ClientText.IsChainFailure(code))
        {
            return $"{Missing(missing, presentedCount)}, and {Habits(profile, downloads)}.";
        }

        return best.Explanation;
    }

    private static string Accepted(IReadOnlyList<ClientPathStep> path)
    {
        var downloaded = path.Where(step => step.Source == PathSource.Downloaded).Select(step => step.Subject).ToList();
        var kept = path.Where(step => step.Source == PathSource.Kept).Select(step => step.Subject).ToList();
        return (downloaded.Count, kept.Count) switch
        {
            (0, 0) => "The certificates that the server sent lead to a trust anchor.",
            ( > 0, _) => $"The server did not send {string.Join(" and ", downloaded)}; this client downloaded it (AIA), which hides the fault.",
            _ => $"The server did not send {string.Join(" and ", kept)}; this client had cached it, which hides the fault.",
        };
    }

    private static string Missing(MissingIssuer missing, int presentedCount) =>
        presentedCount == 1
            ? $"The server sent its own certificate only; its issuer {missing.IssuerName} is missing"
            : $"The issuer {missing.IssuerName} of {missing.Subject} was not sent and is not a trust anchor";

    private static string Habits(ClientProfile profile, IReadOnlyList<IssuerDownload> downloads) =>
        (profile.KeepsIntermediates, profile.DownloadsIssuers) switch
        {
            (_, true) when downloads.FirstOrDefault(download => download.Problem is not null) is { } failed => $"the download from {failed.Url} failed ({failed.Problem})",
            (_, true) when downloads.Count > 0 => "the downloaded certificates do not complete the path",
            (_, true) => "no certificate has a URL to download it from",
            (true, false) => "this client had not cached it and does not download",
            _ => "this client neither caches nor downloads intermediates",
        };
}
