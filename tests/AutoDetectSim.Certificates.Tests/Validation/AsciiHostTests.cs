using System.Text.Json;
using AutoDetectSim.Certificates.Validation.Hosts;

namespace AutoDetectSim.Certificates.Tests.Validation;

[Trait("Needs", "tools")]
public sealed class AsciiHostTests
{
    private static readonly string[] Hosts =
    [
        "Mail.Contoso.COM", "mail.contoso.com.", "müller.de", "xn--mller-kva.de", "a b", "010.0.0.1", "0x7f.1", "1.2.3.4.", "1.2.3.4.5", "256.1.1.1", "1.2.3.256",
        "mail.1", "mail.0x1", "1..2", "08.1.1.1", "mail.1.", "4294967296", "3232235777", "1.2.3.0x100", "09", "1e3", "mail.1a",
        "[::1]", "[0:0:0:0:0:0:0:1]", "[::1%eth0]", "[::FFFF:1.2.3.4]", "[::ffff:0:0]", "[1:0:0:2:0:0:0:3]", "[1::2:0:0:3:4]", "[1:2:3:4:5:6:7:8]", "[::]", "[1::]", "[1:0:2:3:4:5:6:7]",
        "[v1.x]", "[1]", "[::1].", "[::1]x", "x[::1]", "[]", "[", "[1.2.3.4]",
    ];

    [Fact]
    public async Task The_ASCII_form_of_a_host_is_that_of_Node_24()
    {
        var result = await Tool.RunAsync(await Node24.ProgramAsync(), ["-e", "console.log(JSON.stringify(process.argv.slice(1).map(require('url').domainToASCII)))", "--", .. Hosts]);
        Assert.True(result.ExitCode == 0, result.ToString());
        var expected = JsonSerializer.Deserialize<string[]>(result.Output)!;

        Assert.Equal(Hosts.Zip(expected), Hosts.Select(host => (host, AsciiHost.Of(host))));
    }
}
