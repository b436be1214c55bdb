using AutoDetectSim.Protocols.Http;

namespace AutoDetectSim.Protocols.Tests;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("your@contoso.com", "your", "contoso.com")]
    [InlineData("  Your.Name+tag@Contoso.COM\t", "Your.Name+tag", "contoso.com")]
    [InlineData("jörg@müller.example", "jörg", "xn--mller-kva.example")]
    public void An_address_has_a_local_part_as_written_and_a_domain_as_DNS_has_it(string text, string localPart, string domain)
    {
        Assert.True(EmailAddress.TryParse(text, out var address));
        Assert.Equal((text.Trim(' ', '\t'), localPart, domain), (address.Text, address.LocalPart, address.Domain));
    }

    [Theory]
    [InlineData("your@contoso.com", "your@contoso.com")]
    [InlineData("your@münchen.de", "your@xn--mnchen-3ya.de")]
    [InlineData("not an address", "not an address")]
    [InlineData("jörg@contoso.com", null)]
    [InlineData("your@contoso.com\r\nX-Evil: y", null)]
    [InlineData("your@contoso.com\u0085", null)]
    public void An_address_in_a_header_is_ASCII_and_one_line(string text, string? expected) => Assert.Equal(expected, EmailAddress.OnTheWire(text));

    [Theory]
    [InlineData("münchen.example", "xn--mnchen-3ya.example")]
    [InlineData("mail.contoso.com", "mail.contoso.com")]
    [InlineData("::1", "::1")]
    [InlineData("a b", null)]
    public void A_host_with_letters_beyond_ASCII_is_the_one_that_DNS_knows(string host, string? expected) => Assert.Equal(expected, WebAddress.AsciiHost(host));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("your")]
    [InlineData("@contoso.com")]
    [InlineData("your@")]
    [InlineData("your@contoso")]
    [InlineData("your@a@contoso.com")]
    [InlineData("your..name@contoso.com")]
    [InlineData("your name@contoso.com")]
    [InlineData("your@contoso_lab.com")]
    [InlineData("your@contoso.com\r\nX-Evil: 1")]
    public void A_text_that_cannot_be_an_address_is_refused(string? text) => Assert.False(EmailAddress.TryParse(text, out _));

    [Theory]
    [InlineData("your@contoso", "your", "contoso")]
    [InlineData("a@b@Contoso.com", "a@b", "Contoso.com")]
    [InlineData("contoso.com", null, null)]
    public void The_parts_of_a_text_that_another_rule_let_pass_are_those_around_the_last_at_sign(string text, string? localPart, string? domain) =>
        Assert.Equal((localPart, domain), (EmailAddress.LocalPartOf(text), EmailAddress.DomainOf(text)));
}
