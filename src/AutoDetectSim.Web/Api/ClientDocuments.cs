using System.Text.Json.Serialization;
using AutoDetectSim.Clients.Desktop;
using AutoDetectSim.Clients.Provisioning;
using AutoDetectSim.Diagnosis.Reports;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Web.Api;

/// <summary>Detections that are asked for.</summary>
/// <param name="Email">The address to detect.</param>
/// <param name="Attempts">How many; null for one.</param>
internal sealed record WantedDetections([property: JsonRequired] string Email, int? Attempts);

/// <summary>An account to add.</summary>
/// <param name="Email">Its address.</param>
internal sealed record WantedAccount([property: JsonRequired] string Email);

/// <summary>What Outlook on the desktop came to.</summary>
internal sealed record DesktopDocument
{
    /// <summary>For example <c>autoDiscover</c> or <c>repeatedPrompt</c>.</summary>
    public required string Setup { get; init; }

    /// <summary>The same in a sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>Whether the account works.</summary>
    public required bool Works { get; init; }

    /// <summary>The host at which AutoDiscover ended.</summary>
    public string? AutoDiscoverHost { get; init; }

    /// <summary>The servers that were guessed.</summary>
    public required IReadOnlyList<string> Guesses { get; init; }

    /// <summary>The document of a result.</summary>
    public static DesktopDocument From(DesktopSetupResult result)
    {
        var (sentence, works) = Words(result.Setup);
        return new DesktopDocument
        {
            Setup = DocumentValues.Camel(result.Setup),
            Sentence = sentence,
            Works = works,
            AutoDiscoverHost = result.AutoDiscoverHost,
            Guesses = [.. result.Guesses.Select(guess => $"{guess.Protocol} {guess.Host}:{guess.Port}: {guess.Code ?? "answers"}")],
        };
    }

    private static (string Sentence, bool Works) Words(DesktopSetup setup) => setup switch
    {
        DesktopSetup.AutoDiscover => ("Outlook found Exchange through AutoDiscover.", true),
        DesktopSetup.AutoDetect => ("AutoDetect returned a service or servers.", true),
        DesktopSetup.GuessSmart => ("AutoDetect returned nothing, and guessing found servers.", true),
        DesktopSetup.RepeatedPrompt => ("Outlook asks for the password again and again.", false),
        DesktopSetup.BlankSignIn => ("The sign-in window stays blank.", false),
        DesktopSetup.CredentialsLeaked => ("Outlook sent the password to a server of a third party.", false),
        _ => ("Nothing was found: the user must enter the settings.", false),
    };
}

/// <summary>What provisioning of the cached mailbox came to.</summary>
internal sealed record ProvisionDocument
{
    /// <summary><c>provisioned</c>, <c>notNeeded</c>, or where it failed.</summary>
    public required string Outcome { get; init; }

    /// <summary>The same in a sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>Whether mail is delivered.</summary>
    public required bool Works { get; init; }

    /// <summary>The code of the error at which it failed; null if it did not.</summary>
    public string? Code { get; init; }

    /// <summary>The address of Exchange Online that connected.</summary>
    public required string Source { get; init; }

    /// <summary>What was done, a sentence each.</summary>
    public required IReadOnlyList<string> Steps { get; init; }

    /// <summary>The document of a result.</summary>
    public static ProvisionDocument From(ProvisioningResult result)
    {
        var (sentence, works) = Words(result.Outcome);
        return new ProvisionDocument
        {
            Outcome = DocumentValues.Camel(result.Outcome),
            Sentence = sentence,
            Works = works,
            Code = result.Code,
            Source = result.Caller.Address.ToString(),
            Steps = [.. result.Steps.Select(step => $"{step.Asked}: {step.Sentence}")],
        };
    }

    private static (string Sentence, bool Works) Words(ProvisioningOutcome outcome) => outcome switch
    {
        ProvisioningOutcome.Provisioned => ("The folders of the mailbox were read: mail is delivered.", true),
        ProvisioningOutcome.NotNeeded => ("The mailbox is in Exchange Online and needs no cache.", true),
        ProvisioningOutcome.AutoDiscover => ("It failed at AutoDiscover V2 of the organization.", false),
        ProvisioningOutcome.ActiveSync => ("It failed at the connection to ActiveSync or at its OPTIONS request.", false),
        ProvisioningOutcome.SignIn => ("ActiveSync rejected the token or the password.", false),
        ProvisioningOutcome.Access => ("ActiveSync does not allow the mailbox or the device.", false),
        _ => ("It failed at a command: policy, settings or folders.", false),
    };
}

/// <summary>Source-generated JSON of the clients.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(WantedDetections))]
[JsonSerializable(typeof(WantedAccount))]
[JsonSerializable(typeof(DesktopDocument))]
[JsonSerializable(typeof(ProvisionDocument))]
internal sealed partial class ClientsJson : JsonSerializerContext;
