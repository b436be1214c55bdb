using System.Text;
using AutoDetectSim.AutoDetect.Pipeline;
using AutoDetectSim.Clients.Desktop;
using AutoDetectSim.Diagnosis.Checking.Connecting;
using AutoDetectSim.Diagnosis.Checking.Grouping;
using AutoDetectSim.Exchange.AutoDiscover;
using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Fuzzing.Targets;

/// <summary>Bodies of AutoDiscover: answers as AutoDetect, Outlook and <c>check</c> read them, and requests as Exchange does.</summary>
internal static class AutoDiscoverTarget
{
    public static void Read(ReadOnlySpan<byte> input)
    {
        var bytes = input.ToArray();
        foreach (var text in (string?[])[AutoDiscoverJson.TryRead(bytes, out var found) ? found.Url : null, MobileSyncResponse.ReadUrl(bytes)])
        {
            if (AutoDiscoverV2Client.TryReadHttpsUrl(text, relativeTo: null, out var url, out _) && url.IdnHost.Length == 0)
            {
                throw new FuzzException($"{text} has no host.");
            }
        }

        _ = PoxResponse.Read(bytes);
        _ = RequestXml.Read(bytes).Find("EMailAddress");
        var answer = new ObservedAnswer { Method = "GET", Path = "/autodiscover/autodiscover.json", StatusCode = 200, Body = Encoding.UTF8.GetString(bytes) };
        var observation = new Observation { Number = 1, Host = "autodiscover.contoso.com", Port = 443, Answers = [answer] };
        _ = AnswerReading.Of(observation, HostRole.AutoDiscover);
        _ = AnswerReading.Of(observation, HostRole.ActiveSync);
    }
}
