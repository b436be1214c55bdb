using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using AutoDetectSim.FunctionalTests.Network;
using MailKit;
using MailKit.Security;

namespace AutoDetectSim.FunctionalTests.Mail;

/// <summary>A lab with mail servers, and MailKit to talk to them.</summary>
internal static class MailLab
{
    public const string Host = "mail.contoso.com";
    public const string Mailbox = "your@contoso.com";
    public const string Password = "secret";

    /// <summary>Starts a lab with one load balancer for all mail protocols.</summary>
    /// <param name="nodes">Its nodes, in YAML.</param>
    public static Task<NetworkLab> StartAsync(string nodes = "[ex01]") => NetworkLab.StartAsync($$"""
        organizations: { contoso: { domains: [contoso.com], password: {{Password}}, mailboxes: [{{Mailbox}}] } }
        loadBalancers:
          perimeter: { hosts: [autodiscover.contoso.com, {{Host}}], mail: [imap, pop3, smtp], nodes: {{nodes}} }
        """);

    /// <summary>Where a port of the load balancer listens.</summary>
    public static IPEndPoint EndPoint(this NetworkLab lab, string port) => lab.VirtualIp("perimeter-" + port).EndPoint!;

    /// <summary>Connects a client of MailKit under the server's real name.</summary>
    public static async Task ConnectAsync(this NetworkLab lab, MailService client, string port, SecureSocketOptions security)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(lab.Lab.RootCertificatesPem);
        var anchors = roots.ToArray();
        client.ServerCertificateValidationCallback = (_, certificate, chain, errors) => Accepts(anchors, chain!, errors);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(lab.EndPoint(port), TestContext.Current.CancellationToken);
        switch (client)
        {
            case MailKit.Net.Imap.ImapClient imap:
                await imap.ConnectAsync(socket, Host, 0, security, TestContext.Current.CancellationToken);
                break;
            case MailKit.Net.Pop3.Pop3Client pop3:
                await pop3.ConnectAsync(socket, Host, 0, security, TestContext.Current.CancellationToken);
                break;
            case MailKit.Net.Smtp.SmtpClient smtp:
                await smtp.ConnectAsync(socket, Host, 0, security, TestContext.Current.CancellationToken);
                break;
        }
    }

    /// <summary>Trusts the lab's roots, and nothing that was not sent: as phones do.</summary>
    private static bool Accepts(X509Certificate2[] anchors, X509Chain chain, SslPolicyErrors errors)
    {
        using var strict = new X509Chain();
        strict.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        strict.ChainPolicy.CustomTrustStore.AddRange(anchors);
        strict.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        strict.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        strict.ChainPolicy.DisableCertificateDownloads = true;
        return !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && strict.Build(chain.ChainElements[0].Certificate);
    }
}
