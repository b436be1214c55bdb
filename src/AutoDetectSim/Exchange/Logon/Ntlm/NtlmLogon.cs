using AutoDetectSim.Exchange.Organizations;
using Microsoft.AspNetCore.Connections.Features;

namespace AutoDetectSim.Exchange.Logon.Ntlm;

/// <summary>
/// Logs connections on with NTLM (MS-NTHT): the client begins, the server challenges, the client answers, all on one connection,
/// which then belongs to that user. NTLM inside Negotiate is the same with another scheme, as clients without Kerberos send it.
/// </summary>
internal sealed class NtlmLogon(int seed, TimeProvider time)
{
    private readonly SeededGuids _nonces = new(seed, "ntlm");

    /// <summary>Judges a request; null when it has nothing to do with NTLM.</summary>
    public LogonVerdict? Judge(ExchangeRequest request, Organization organization)
    {
        if (ConversationOf(request) is not { } conversation)
        {
            return null;
        }

        var authorization = request.Authorization;
        if (authorization.Scheme.Length == 0)
        {
            return conversation.Mailbox is { } known && organization.HasMailbox(known) ? new LogonVerdict(LogonResult.Accepted, known) : null;
        }

        if (authorization.SecurityToken is not { } token || NtlmMessage.Read(token) is not { } message)
        {
            return null;
        }

        conversation.Mailbox = null;
        if (message.IsNegotiate)
        {
            conversation.Nonce = _nonces.Next().ToByteArray()[..8];
            var challenge = NtlmChallenge.Create(request.Node, organization, conversation.Nonce, time.GetUtcNow());
            return new LogonVerdict(LogonResult.Challenged, null) { Challenge = $"{authorization.Scheme} {Convert.ToBase64String(challenge)}" };
        }

        var nonce = conversation.Nonce;
        conversation.Nonce = null;
        if (nonce is null || MailboxOf(message, organization) is not { } mailbox || !Knows(message, nonce, organization.PasswordOf(mailbox)))
        {
            return null;
        }

        conversation.Mailbox = mailbox;
        return new LogonVerdict(LogonResult.Accepted, mailbox);
    }

    private static bool Knows(NtlmMessage message, byte[] nonce, string? password) =>
        password is null ? NtlmProof.IsVersion2(message) : NtlmProof.Verify(message, nonce, password);

    private static EmailAddress? MailboxOf(NtlmMessage message, Organization organization) =>
        LogonNames.MailboxOf(message.Domain.Length == 0 ? message.User : $"{message.Domain}\\{message.User}", organization);

    /// <summary>What the connection has said to this node so far; null where there is no connection.</summary>
    private static Conversation? ConversationOf(ExchangeRequest request)
    {
        if (request.Context.Features.Get<IConnectionItemsFeature>()?.Items is not { } items)
        {
            return null;
        }

        // By name: a node stays the same when the scenario of the lab changes.
        var key = (typeof(NtlmLogon), request.Node.Definition.Name);
        if (items.TryGetValue(key, out var item))
        {
            return (Conversation)item!;
        }

        var conversation = new Conversation();
        items[key] = conversation;
        return conversation;
    }

    private sealed class Conversation
    {
        public byte[]? Nonce { get; set; }

        public EmailAddress? Mailbox { get; set; }
    }
}
