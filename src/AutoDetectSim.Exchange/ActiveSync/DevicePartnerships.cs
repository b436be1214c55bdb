using System.Collections.Concurrent;
using System.Globalization;
using AutoDetectSim.Exchange.Organizations;
using AutoDetectSim.Protocols;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.ActiveSync;

/// <summary>What the servers of a lab remember about devices, and what the rules make of them.</summary>
internal sealed class DevicePartnerships
{
    private const int MaximumDevices = 10_000;

    private readonly ConcurrentDictionary<(string Mailbox, string Device), string> _models = new();

    /// <summary>Remembers the model that a device says it is. Devices beyond ten thousand are not remembered.</summary>
    public void SetModel(EmailAddress mailbox, string deviceId, string model)
    {
        if (_models.Count < MaximumDevices)
        {
            _models[(mailbox.Text.ToUpperInvariant(), deviceId)] = model;
        }
    }

    /// <summary>The key of the policy that a device has taken; the temporary one of the offer differs from the final one.</summary>
    public static string PolicyKey(EmailAddress mailbox, string deviceId, bool final) =>
        ServerHash.Of($"{mailbox.Text}/{deviceId}/{final}").ToString(CultureInfo.InvariantCulture);

    /// <summary>What the organization's rules make of a device: the first that fits counts.</summary>
    public DeviceAccess Judge(Organization organization, EmailAddress mailbox, ActiveSyncRequest request, string userAgent) =>
        organization.Definition.DeviceRules.FirstOrDefault(rule => Fits(rule, Characteristic(rule.Characteristic, mailbox, request, userAgent)))?.Access
        ?? DeviceAccess.Allow;

    private static bool Fits(DeviceRuleDefinition rule, string value) =>
        rule.Value is "*" || string.Equals(rule.Value, value, StringComparison.OrdinalIgnoreCase);

    private string Characteristic(DeviceCharacteristic characteristic, EmailAddress mailbox, ActiveSyncRequest request, string userAgent) => characteristic switch
    {
        DeviceCharacteristic.DeviceModel => _models.GetValueOrDefault((mailbox.Text.ToUpperInvariant(), request.DeviceId), request.DeviceType),
        DeviceCharacteristic.UserAgent => userAgent,
        _ => request.DeviceType,
    };
}
