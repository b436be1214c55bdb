using System.Globalization;

namespace AutoDetectSim.Tls.Tests.Peers;

/// <summary>A Node.js HTTPS client, which says what it thinks of a server.</summary>
internal static class NodeClient
{
    private const string Script = """
        const https = require('https');
        const [port, options] = [Number(process.argv[1]), JSON.parse(process.argv[2])];
        const say = text => { console.log(text); process.exit(0); };
        const request = https.get({ host: '127.0.0.1', port, servername: 'mail.contoso.test', rejectUnauthorized: false, ...options });
        request.on('socket', socket => socket.on('secureConnect', () => options.untilAnswer || say('secure ' + socket.getProtocol())));
        request.on('response', () => say('response'));
        request.on('error', error => say(error.code + ' ' + error.message.replace(/\s+/g, ' ')));
        """;

    public static async Task<string> ConnectAsync(int port, string options = "{}")
    {
        var (_, output, error) = await Tool.RunAsync("node", ["-e", Script, port.ToString(CultureInfo.InvariantCulture), options]);
        return output.Trim() + error;
    }
}
