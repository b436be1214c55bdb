using AutoDetectSim.Certificates.Validation;

namespace AutoDetectSim.Certificates.Clients;

/// <summary>Says in one sentence why a client decided as it did.</summary>
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
            return "The certificate has no subjectAltName, and this client does not look at the common name.";
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
            (0, 0) => "What the server sent leads to a trust anchor.",
            ( > 0, _) => $"The server did not send {string.Join(" and ", downloaded)}; this client downloaded it (AIA), so that nobody noticed.",
            _ => $"The server did not send {string.Join(" and ", kept)}; this client had met it before, so that nobody noticed.",
        };
    }

    private static string Missing(MissingIssuer missing, int presentedCount) =>
        presentedCount == 1
            ? $"The server sent its own certificate only; its issuer {missing.IssuerName} is missing"
            : $"The issuer {missing.IssuerName} of {missing.Subject} was not sent and is no trust anchor";

    private static string Habits(ClientProfile profile, IReadOnlyList<IssuerDownload> downloads) =>
        (profile.KeepsIntermediates, profile.DownloadsIssuers) switch
        {
            (_, true) when downloads.FirstOrDefault(download => download.Problem is not null) is { } failed => $"the download from {failed.Url} failed ({failed.Problem})",
            (_, true) when downloads.Count > 0 => "what it downloaded does not complete the path",
            (_, true) => "no certificate says where it can be downloaded",
            (true, false) => "this client had not met it before and downloads nothing",
            _ => "this client keeps no intermediates and downloads none",
        };
}
