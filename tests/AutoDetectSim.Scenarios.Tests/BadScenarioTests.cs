namespace AutoDetectSim.Scenarios.Tests;

/// <summary>What the loader says about scenarios that are wrong: the whole list, in file order.</summary>
public sealed class BadScenarioTests
{
    /// <summary>A name for the case, the scenario with <c>|</c> for line feeds, and every problem as it is printed.</summary>
    public static TheoryData<string, string, string[]> Cases => new()
    {
        { "empty file", "", ["s.yaml:1:1: The file is empty"] },
        { "only a comment", "# nothing", ["s.yaml:1:1: The file is empty"] },
        { "not a mapping", "- a|- b", ["s.yaml:1:1: A scenario must be a mapping with keys such as `name`, `loadBalancers` and `expect`"] },
        { "unclosed bracket", "title: [x|seed: 1", ["s.yaml:2:1: Invalid YAML: parsing stopped here. Check for an unclosed bracket, brace or quote, or an invalid tag"] },
        { "tab", "title: x|\tseed: 1", ["s.yaml:2:1: Invalid YAML: a tab cannot indent a line; use spaces"] },
        { "two documents", "title: x|---|title: y", ["s.yaml:2:1: A file holds one document, but `---` starts a second one"] },
        { "tag", "title: !secret x", ["s.yaml:1:8: The tag !secret is not supported here"] },
        { "tag that is no URI", "title: !<a b> x", ["s.yaml:1:8: Invalid YAML: while scanning a tag, did not find the expected '>'"] },
        { "unknown alias", "title: *x", ["s.yaml:1:8: The anchor &x is not defined before this alias"] },
        { "alias in itself", "dns: &d|  contoso.com: *d", ["s.yaml:2:16: The alias *d is inside the node it refers to"] },
        { "key that is a list", "[a]: b", ["s.yaml:1:1: A key must be a string, not a list or a mapping"] },
        { "key twice", "title: x|seed: 1|title: y", ["s.yaml:3:1: Duplicate key `title`: first defined on line 1"] },
        { "unknown key", "titel: x", ["s.yaml:1:1: Unknown key `titel`; did you mean `title`?"] },
        { "text for a number", "seed: one", ["s.yaml:1:7: `seed` is `one`, expected a whole number"] },
        { "quoted number", "seed: \"1\"", ["s.yaml:1:7: `seed` is `1`, expected a whole number (without quotes)"] },
        { "fraction", "seed: 1.5", ["s.yaml:1:7: `seed` is `1.5`, expected a whole number"] },
        { "too large", "seed: 99999999999", ["s.yaml:1:7: `seed` is `99999999999`, expected a whole number"] },
        { "list for a text", "title: [a]", ["s.yaml:1:8: `title` is a list, expected a string"] },
        { "list for a mapping", "dns: [a]", ["s.yaml:1:6: `dns` is a list, expected a mapping"] },
        { "edition", "edition: 2023", ["s.yaml:1:10: Unknown value `2023` for `edition`; did you mean `2021`?"] },
        { "not a boolean", "authorities: { root: { trusted: yes } }", ["s.yaml:1:33: `trusted` is `yes`, expected true or false"] },
        {
            "mail without a protocol", "loadBalancers: { p: { nodes: [{ name: a, imap: { startTls: false } }] } }",
            ["s.yaml:1:42: `imap` has no effect without `mail: [imap]` of the load balancer `p`"]
        },
        { "limit without its fault", "loadBalancers: { p: { nodes: [{ name: a, fault: reset, helloLimit: 900 }] } }", ["s.yaml:1:68: `helloLimit` has no effect without `fault: resetLargeHello`"] },
        { "limit too small", "loadBalancers: { p: { fault: resetLargeHello, helloLimit: 10 } }", ["s.yaml:1:59: `helloLimit` must be 64 to 131072, not 10"] },
        { "mail twice", "loadBalancers: { p: { mail: [imap, imap], nodes: [a] } }", ["s.yaml:1:36: `mail` lists `imap` twice"] },
        {
            "mail at the port of HTTPS", "loadBalancers: { p: { port: 993, mail: [imap], hosts: [imap.contoso.com] } }",
            ["s.yaml:1:34: Port 993 of this load balancer already speaks HTTPS (`port: 993`), so `imap` cannot have it"]
        },
        {
            "revoked without a list", "authorities: { root: { trusted: true }, ca: { issuer: root, revoked: true } }",
            ["s.yaml:1:70: `revoked`: the issuer 'root' has no crlUrl, so no client could find out"]
        },
        { "revoked root", "authorities: { root: { trusted: true, revoked: true } }", ["s.yaml:1:48: `revoked`: a self-signed root cannot be revoked; clients stop trusting it instead"] },
        { "connector twice", "loadBalancers: { p: { connectors: [a, a] } }", ["s.yaml:1:39: `connectors` lists `a` twice"] },
        {
            "connector behind a terminator", "loadBalancers: { p: { tls: terminate, connectors: [a] } }",
            ["s.yaml:1:39: `connectors` requires `tls: passthrough`: behind a load balancer that terminates TLS the nodes have no certificates of their own here"]
        },
        {
            "unknown connector", "loadBalancers: { p: { connectors: [partner] } }|expect:|  - detect: a@contoso.com|    connectors: { partnr: never }",
            ["s.yaml:4:19: No load balancer has a connector `partnr`; did you mean `partner`?"]
        },
        { "mail protocol", "loadBalancers: { p: { mail: [imap4] } }", ["s.yaml:1:30: Unknown value `imap4` for `mail`; did you mean `imap`?"] },
        { "shape", "loadBalancers: { p: { nodes: [{ name: a, present: missingIntermediat }] } }", ["s.yaml:1:51: Unknown value `missingIntermediat` for `present`; did you mean `missingIntermediate`?"] },
        {
            "algorithm", "loadBalancers:|  p:|    algorithm: fair",
            ["s.yaml:3:16: `algorithm` is `fair`, expected one of roundRobin, random, weighted, leastConnections, sourceHash, sequence"]
        },
        { "unknown issuer", "certificates: { mail: { issuer: isuing, hosts: [a.contoso.com] } }", ["s.yaml:1:33: `issuer`: the scenario has no authority `isuing`; did you mean `issuing`?"] },
        {
            "unknown certificate", "loadBalancers: { p: { nodes: [{ name: a, certificate: male }] } }|certificates: { mail: { issuer: root } }",
            ["s.yaml:1:55: `certificate`: the scenario has no certificate `male`; did you mean `mail`?"]
        },
        {
            "unknown name in a chain", "loadBalancers: { p: { nodes: [{ name: a, present: [p, issung] }] } }",
            ["s.yaml:1:55: `present`: the scenario has no certificate or authority `issung`; did you mean `issuing`?"]
        },
        {
            "unknown organization", "organizations: { contoso: contoso.com }|loadBalancers: { p: { nodes: [{ name: a, organization: fabrikam }] } }",
            ["s.yaml:2:56: `organization`: the scenario has no organization `fabrikam`; choose from contoso"]
        },
        {
            "cyclic issuers", "authorities:|  a: { issuer: b }|  b: { issuer: c }|  c: { issuer: a }",
            [
                "s.yaml:2:16: `issuer`: it leads back to itself: a > b > c > a",
                "s.yaml:3:16: `issuer`: it leads back to itself: b > c > a > b",
                "s.yaml:4:16: `issuer`: it leads back to itself: c > a > b > c",
            ]
        },
        { "download of an unknown authority", "aiaServer: { authorities: { isuing: off } }", ["s.yaml:1:29: The scenario has no authority `isuing`; did you mean `issuing`?"] },
        { "download that nobody makes", "aiaServer: { authorities: { root: slow } }", ["s.yaml:1:29: This has no effect: `root` has neither `aia` nor `aiaUrl`, so no client downloads its certificate"] },
        { "download that is no answer", "aiaServer: slo", ["s.yaml:1:12: Unknown value `slo` for `answer`; did you mean `slow`?"] },
        { "download that takes a day", "aiaServer: { answer: slow, delay: 1d }", ["s.yaml:1:35: `delay` must be 0s to 1h, not 1d"] },
        { "unknown client", "expect: { detect: a@contoso.com, clients: { windos: never } }", ["s.yaml:1:45: Unknown value `windos` in `clients`; did you mean `windows`?"] },
        { "own issuer", "authorities:|  a: { issuer: a }", ["s.yaml:2:16: `issuer`: it leads back to itself: a > a"] },
        {
            "authority and certificate of one name", "authorities: { root: { trusted: true } }|certificates: { root: { issuer: root, hosts: [autodiscover.contoso.com] } }",
            ["s.yaml:2:17: `root`: another authority or certificate has the same name"]
        },
        { "node twice in a range", "loadBalancers:|  p:|    nodes: [{ name: a05 }, { name: \"a{01..09}\" }]", ["s.yaml:3:36: Duplicate node `a05`: first defined on line 3"] },
        {
            "node in two balancers", "loadBalancers:|  p: { hosts: [a.contoso.com], nodes: [n1] }|  q: { hosts: [b.contoso.com], nodes: [n1] }",
            ["s.yaml:3:40: Duplicate node `n1`: `p` has one, and node names must be unique in a scenario"]
        },
        { "range that is none", "loadBalancers: { p: { nodes: [\"ex{1-5}\"] } }", ["s.yaml:1:31: `ex{1-5}` is not a valid name range, for example ex{02..20}"] },
        { "range backwards", "loadBalancers: { p: { nodes: [\"ex{09..02}\"] } }", ["s.yaml:1:31: The range `ex{09..02}` must count upwards"] },
        { "range without end", "loadBalancers: { p: { nodes: [\"ex{1..999999}\"] } }", ["s.yaml:1:31: The range `ex{1..999999}` is too large: it has more than 10000 names"] },
        { "range far too large", "loadBalancers: { p: { nodes: [\"ex{1..9999999}\"] } }", ["s.yaml:1:31: The range `ex{1..9999999}` is too large: it has more than 10000 names"] },
        { "tab", "loadBalancers:|  p:|    nodes: 2|\tseed: 3", ["s.yaml:4:1: Invalid YAML: a tab cannot indent a line; use spaces"] },
        { "range without quotes", "loadBalancers: { p: { nodes: { name: ex{01..04} } } }", ["s.yaml:1:38: Invalid YAML: a name with a range needs quotes within braces or brackets: \"ex{01..04}\""] },
        { "misspelled load balancer", "loadBalancers:|  perimeter: { nodes: 2, hosts: [autodiscover.contoso.com, mail.contoso.com] }|  perimetr: { nodes: [b] }|organizations: { contoso: { domains: [contoso.com] } }", ["s.yaml:3:3: Unknown load balancer `perimetr`; did you mean `perimeter`? A further one needs `hosts`: other load balancers already serve `autodiscover` and `mail` of every domain"] },
        { "no nodes", "loadBalancers: { p: { nodes: 0 } }", ["s.yaml:1:30: The number of parts must be 1 to 10000, not 0"] },
        { "node without a name", "loadBalancers: { p: { nodes: [{ present: complete }] } }", ["s.yaml:1:31: This node needs a `name`"] },
        {
            "host claimed twice", "loadBalancers:|  p: { hosts: [mail.contoso.com] }|  q: { hosts: [MAIL.contoso.com] }",
            ["s.yaml:3:16: The host MAIL.contoso.com already belongs to the load balancer `p`"]
        },
        { "host twice", "loadBalancers:|  p: { hosts: [mail.contoso.com, mail.contoso.com] }", ["s.yaml:2:34: Duplicate host mail.contoso.com"] },
        {
            "no host left", "loadBalancers:|  p: { nodes: 1 }|  q: { nodes: 1 }",
            ["s.yaml:3:3: `hosts` is required here: other load balancers already serve `autodiscover` and `mail` of every domain"]
        },
        { "not a host", "loadBalancers: { p: { hosts: [\"https://mail.contoso.com/\"] } }", ["s.yaml:1:31: `hosts`: `https://mail.contoso.com/` is not a host or domain name such as mail.contoso.com"] },
        {
            "address twice", "loadBalancers:|  p: { hosts: [a.contoso.com], address: 10.0.0.1 }|  q: { hosts: [b.contoso.com], address: 10.0.0.1 }",
            ["s.yaml:3:41: The address 10.0.0.1 already belongs to the load balancer `p`"]
        },
        { "not an address", "loadBalancers: { p: { address: 10.0.0.256 } }", ["s.yaml:1:32: `address`: `10.0.0.256` is not an IPv4 or IPv6 address"] },
        { "port 0", "loadBalancers: { p: { port: 0 } }", ["s.yaml:1:29: `port` must be 1 to 65535, not 0"] },
        { "port 65536", "loadBalancers: { p: { port: 65536 } }", ["s.yaml:1:29: `port` must be 1 to 65535, not 65536"] },
        {
            "unreachable port", "organizations:|  contoso:|    domains: [contoso.com]|    activeSyncUrl: https://mail.contoso.com:8443/Microsoft-Server-ActiveSync",
            ["s.yaml:4:20: `activeSyncUrl`: port 8443 of mail.contoso.com is closed; the load balancer `perimeter` serves that host on port 443"]
        },
        {
            "default URL on an unreachable port", "organizations: { contoso: contoso.com }|loadBalancers: { p: { port: 444 } }",
            ["s.yaml:1:18: ActiveSync of this organization is at https://mail.contoso.com/, but the load balancer `p` serves that host only on port 444"]
        },
        { "not a URL", "organizations: { c: { domains: [contoso.com], activeSyncUrl: mail.contoso.com } }", ["s.yaml:1:62: `activeSyncUrl`: `mail.contoso.com` is not an absolute http or https URL"] },
        { "not a range", "loadBalancers: { p: { allowFrom: [10.0.0.0/33, 10.0.0/8] } }", ["s.yaml:1:35: `allowFrom`: `10.0.0.0/33` is not a source range such as 52.125.128.0/20, or one of autodetect, exchangeOnline", "s.yaml:1:48: `allowFrom`: `10.0.0/8` is not a source range such as 52.125.128.0/20, or one of autodetect, exchangeOnline"] },
        { "certificate file that is missing", "certificates: { mail: { file: none.pem } }", ["s.yaml:1:31: `file`: none.pem, line 1: file not found"] },
        { "certificate file outside the folder", "certificates: { mail: { file: ../mail.pem } }", ["s.yaml:1:31: `file`: `../mail.pem` is not a path relative to the scenario"] },
        { "validity", "certificates: { mail: { notAfter: soon } }", ["s.yaml:1:35: `notAfter`: `soon` is not an RFC 3339 time or an offset from the lab's start such as -30d"] },
        { "key usage", "certificates: { mail: { issuer: root, extendedKeyUsage: server } }", ["s.yaml:1:57: `extendedKeyUsage`: `server` is not an extended key usage (serverAuth, clientAuth, codeSigning, emailProtection, timeStamping, ocspSigning, anyExtendedKeyUsage) or a dotted OID"] },
        { "subject", "authorities: { root: { subject: Lab } }", ["s.yaml:1:33: `subject`: `Lab` is not a distinguished name such as CN=Lab Root CA, O=Contoso"] },
        { "path length", "authorities: { root: { pathLength: -1 } }", ["s.yaml:1:36: `pathLength` must be 0 to 100, not -1"] },
        {
            "shape without an intermediate", "authorities: { root: { trusted: true } }|loadBalancers: { p: { nodes: [{ name: a, present: missingIntermediate }] } }",
            ["s.yaml:2:51: `present`: 'p' cannot be presented as missingIntermediate: it has no intermediate that could be missing"]
        },
        { "empty chain", "loadBalancers: { p: { nodes: [{ name: a, present: [] }] } }", ["s.yaml:1:42: `present`: the list of what to present is empty"] },
        {
            "which certificate", "certificates: { a: { issuer: root, hosts: [a.x] }, b: { issuer: root, hosts: [b.x] } }|loadBalancers: { p: { nodes: [n1] } }",
            ["s.yaml:2:31: `certificate` is required here: no single certificate covers all hosts of the load balancer"]
        },
        { "chain on a balancer that hands TLS through", "loadBalancers: { p: { present: complete } }", ["s.yaml:1:32: A load balancer presents a chain only if it terminates TLS"] },
        {
            "chain on a node behind a terminating balancer", "loadBalancers: { p: { tls: terminate, nodes: [{ name: a, present: complete }] } }",
            ["s.yaml:1:67: The load balancer terminates TLS with its own chain, so no client sees what this node presents"]
        },
        { "sequence without names", "loadBalancers: { p: { algorithm: sequence } }", ["s.yaml:1:34: `algorithm: sequence` requires `sequence`, the node names in connection order"] },
        { "names without sequence", "loadBalancers: { p: { sequence: [a], nodes: [a] } }", ["s.yaml:1:23: `sequence` has no effect without `algorithm: sequence`"] },
        {
            "unknown node in a sequence", "loadBalancers: { p: { algorithm: sequence, sequence: [ex01, ex03], nodes: [ex01, ex02] } }",
            ["s.yaml:1:61: `sequence`: the scenario has no node `ex03`; did you mean `ex01`?"]
        },
        { "weight that counts for nothing", "loadBalancers: { p: { nodes: [{ name: a, weight: 3 }] } }", ["s.yaml:1:50: `weight` has no effect without `algorithm: weighted`"] },
        { "weight below 0", "loadBalancers: { p: { algorithm: weighted, nodes: [{ name: a, weight: -1 }, b] } }", ["s.yaml:1:71: `weight` must be 0 to 1000000, not -1"] },
        { "no weight at all", "loadBalancers: { p: { algorithm: weighted, nodes: [{ name: a, weight: 0 }] } }", ["s.yaml:1:34: At least one node needs a `weight` above 0"] },
        { "alert without a name", "loadBalancers: { p: { nodes: [{ name: a, fault: alert }] } }", ["s.yaml:1:49: `fault: alert` requires `alert`, a name such as handshake_failure"] },
        { "unknown alert", "loadBalancers: { p: { nodes: [{ name: a, fault: alert, alert: handshake_failed }] } }", ["s.yaml:1:63: Unknown value `handshake_failed` in `alert`; did you mean `handshake_failure`?"] },
        { "TLS version", "loadBalancers: { p: { nodes: [{ name: a, tlsVersions: [1.4] }] } }", ["s.yaml:1:56: Unknown value `1.4` in `tlsVersions`; did you mean `1.0`?"] },
        { "domain claimed twice", "organizations:|  a: contoso.com|  b: contoso.com", ["s.yaml:3:6: The domain contoso.com already belongs to the organization `a`"] },
        { "organization without a domain", "organizations: { contoso: }", ["s.yaml:1:27: This organization needs `domains`: a list"] },
        { "mailbox elsewhere", "organizations: { c: { domains: [contoso.com], mailboxes: [a@fabrikam.com] } }", ["s.yaml:1:59: The mailbox a@fabrikam.com is not in any of the organization's domains (contoso.com)"] },
        { "mailbox twice", "organizations: { c: { domains: [contoso.com], mailboxes: [a@contoso.com, A@contoso.com] } }", ["s.yaml:1:74: Duplicate mailbox A@contoso.com"] },
        { "not an address", "expect: { detect: your.contoso.com }", ["s.yaml:1:19: `detect`: `your.contoso.com` is not an e-mail address such as your@contoso.com"] },
        { "no address", "expect: [{ attempts: 5 }]", ["s.yaml:1:10: This expectation needs `detect`: a string"] },
        { "rate above 1", "expect: { detect: a@contoso.com, successRate: 5 }", ["s.yaml:1:47: `successRate` must be 0 to 1, not 5"] },
        { "no attempts", "expect: { detect: a@contoso.com, attempts: 0 }", ["s.yaml:1:44: `attempts` must be 1 to 1000000, not 0"] },
        {
            "unknown error code", "expect:|  detect: a@contoso.com|  errors: { UNABLE_TO_VERIFY_LEAF_SIGNATUR: 1 }",
            ["s.yaml:3:13: Unknown value `UNABLE_TO_VERIFY_LEAF_SIGNATUR` in `errors`; did you mean `UNABLE_TO_VERIFY_LEAF_SIGNATURE`?"]
        },
        { "more errors than attempts", "expect: { detect: a@contoso.com, attempts: 5, errors: { ENOTFOUND: 6 } }", ["s.yaml:1:47: `errors` adds up to 6, more than the 5 attempts"] },
        { "unknown outcome", "expect: { detect: a@contoso.com, outcome: { modernAuthSignin: 1 } }", ["s.yaml:1:45: Unknown value `modernAuthSignin` in `outcome`; did you mean `modernAuthSignIn`?"] },
        { "record type", "dns: { contoso.com: { MXX: [\"10 a.contoso.com\"] } }", ["s.yaml:1:23: Unknown value `MXX` in `dns`; did you mean `MX`?"] },
        { "MX without preference", "dns: { contoso.com: { MX: [mail.contoso.com] } }", ["s.yaml:1:28: `mail.contoso.com` is not a valid MX record; expected a preference and a host, such as 10 mail.contoso.com"] },
        { "A with a name", "dns: { www.contoso.com: { A: mail.contoso.com } }", ["s.yaml:1:30: `mail.contoso.com` is not a valid A record; expected an IPv4 address"] },
        {
            "CNAME beside others", "dns: { www.contoso.com: { CNAME: mail.contoso.com, TXT: x } }",
            ["s.yaml:1:27: www.contoso.com has a CNAME, so it cannot have other records (RFC 1034 3.6.2)"]
        },
        { "records beside NXDOMAIN", "dns: { www.contoso.com: { NXDOMAIN: [], A: 10.0.0.1 } }", ["s.yaml:1:27: www.contoso.com does not exist (NXDOMAIN), so it cannot have records"] },
        { "a word that is no record type", "dns: { www.contoso.com: NXDOMIAN }", ["s.yaml:1:25: `www.contoso.com` is `NXDOMIAN`, expected a mapping, or NXDOMAIN or SERVFAIL"] },
        {
            "fault without a remedy", "fault: { layer: dns, kind: noRecord }",
            ["s.yaml:1:8: This fault needs `remedy`: a mapping with the changed parts of the scenario"]
        },
        {
            "remedy that changes expectations", "expect: { detect: a@contoso.com }|fault: { layer: dns, kind: x, remedy: { expect: { detect: b@contoso.com } } }",
            ["s.yaml:2:41: `remedy` cannot change `expect`; write the expectations of the repaired world in `expectFixed`"]
        },
        {
            "remedy for no node", "loadBalancers: { p: { nodes: [ex01] } }|fault: { layer: certificate, kind: x, remedy: { loadBalancers: { p: { nodes: { \"fx*\": { present: complete } } } } } }",
            ["s.yaml:2:80: No node of the scenario matches `fx*`"]
        },
        {
            "remedy with an unknown key", "fault: { layer: certificate, kind: x, remedy: { loadBalancer: {} } }",
            ["s.yaml:1:49: Unknown key `loadBalancer`; did you mean `loadBalancers`?"]
        },
        {
            "everything at once", "titel: x|seed: one|loadBalancers:|  p:|    port: 0|    nodes: [{ name: a, present: missing }]|expect:|  - { attempts: 5 }|  - { detect: nobody }",
            [
                "s.yaml:1:1: Unknown key `titel`; did you mean `title`?",
                "s.yaml:2:7: `seed` is `one`, expected a whole number",
                "s.yaml:5:11: `port` must be 1 to 65535, not 0",
                "s.yaml:6:33: `present` is `missing`, expected one of complete, missingIntermediate, wrongOrder, containsAnchor, extraCertificates, duplicates, wrongIntermediate, unrelatedIntermediate, expiredIntermediate, expiredLeaf, notYetValidLeaf, nameMismatch, selfSigned, untrustedRoot, untrustedRootIncluded, clientAuthOnly",
                "s.yaml:8:5: This expectation needs `detect`: a string",
                "s.yaml:9:15: `detect`: `nobody` is not an e-mail address such as your@contoso.com",
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_problem_is_told_with_its_place(string what, string yaml, string[] expected)
    {
        var result = ScenarioLoader.Parse(yaml.Replace('|', '\n'), "s.yaml", baseDirectory: null);

        Assert.Null(result.Scenario);
        Assert.True(expected.SequenceEqual(result.Problems.Select(problem => problem.ToString())), what + ":\n" + string.Join("\n", result.Problems));
    }

    [Fact]
    public void An_unknown_key_without_a_near_one_is_told_with_the_keys_that_there_are()
    {
        var problem = Assert.Single(ScenarioLoader.Parse("expect: [{ detect: a@contoso.com, zzzzzz: 1 }]", "s.yaml", null).Problems);

        Assert.StartsWith("s.yaml:1:35: Unknown key `zzzzzz`; an expectation has detect, attempts, successRate, errors, ", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_and_a_folder_are_problems_and_no_exceptions()
    {
        var missing = Assert.Single(ScenarioLoader.Load(Path.Combine(ScenarioFiles.Folder, "no-such-file.yaml")).Problems);
        var folder = Assert.Single(ScenarioLoader.Load(ScenarioFiles.Folder).Problems);

        Assert.Equal("File not found", missing.Message);
        Assert.Equal("This is a directory, not a scenario file", folder.Message);
    }
}
