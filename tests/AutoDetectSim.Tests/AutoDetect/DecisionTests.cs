using AutoDetectSim.AutoDetect;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Tests.AutoDetect;

public sealed class DecisionTests
{
    [Fact]
    public async Task Hybrid_modern_auth_gives_a_service_with_the_on_premises_address_and_the_sign_in_page()
    {
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso());
        var detection = await harness.DetectAsync();
        Assert.Equal(
            """{"email":"your@contoso.com","services":[{"service":"office365","protocol":"rest","hostname":"outlook.office.com","aad":"https://login.microsoftonline.com/common/oauth2/authorize","onprem":"https://mail.contoso.com/Microsoft-Server-ActiveSync"}],"protocols":[]}""",
            DetectionHarness.Body(detection));
        Assert.Null(detection.AutoDv2Error);
        Assert.Equal(Outcome.ModernAuthSignIn, DetectionHarness.Outcome(detection));
    }

    [Fact]
    public async Task The_on_premises_server_is_asked_as_HMADOC_says_and_ActiveSync_as_HMAEAS_does()
    {
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso());
        await harness.DetectAsync("test@contoso.com");
        var requests = harness.Network.Requests.Select(entry => entry.Request).ToArray();
        Assert.Equal("https://outlook.office365.com/autodiscover/autodiscover.json?Email=test%40contoso.com&Protocol=activesync&RedirectCount=2", requests[0].Uri.AbsoluteUri);
        Assert.Equal("https://autodiscover.contoso.com/autodiscover/autodiscover.json?Email=test%40contoso.com&Protocol=activesync&RedirectCount=3", requests[1].Uri.AbsoluteUri);
        Assert.Equal("https://mail.contoso.com/Microsoft-Server-ActiveSync", requests[2].Uri.AbsoluteUri);
        Assert.Equal("GET", requests[2].Method);
        Assert.Equal(
            [new("Accept", "application/json"), new("Authorization", "Bearer "), new("Content-Length", "0")],
            requests[2].Headers);
        Assert.Equal(3, requests.Length);
        Assert.Single(harness.Network.Requests.Select(entry => entry.Caller).Distinct());
    }

    [Fact]
    public async Task A_server_without_its_intermediate_leaves_both_arrays_empty_and_names_the_code()
    {
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso(Reply.Failed("UNABLE_TO_VERIFY_LEAF_SIGNATURE")));
        var detection = await harness.DetectAsync("abcdefgh.ij@contoso.com");
        Assert.Equal(DetectionStatus.Answered, detection.Status);
        Assert.Equal("""{"email":"abcdefgh.ij@contoso.com","services":[],"protocols":[]}""", DetectionHarness.Body(detection));
        Assert.Equal("UNABLE_TO_VERIFY_LEAF_SIGNATURE", detection.AutoDv2Error);
        Assert.Equal(Outcome.SelectProvider, DetectionHarness.Outcome(detection));
        Assert.DoesNotContain(harness.Network.Requests, entry => entry.Request.Uri.AbsolutePath.EndsWith(".xml", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broken_ActiveSync_host_leaves_both_arrays_empty_though_AutoDiscover_answered()
    {
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso(activeSync: Reply.Failed("CERT_HAS_EXPIRED")));
        var detection = await harness.DetectAsync();
        Assert.False(detection.Succeeded);
        Assert.Equal("CERT_HAS_EXPIRED", detection.AutoDv2Error);
        Assert.Equal("https://mail.contoso.com/Microsoft-Server-ActiveSync", detection.AutoDv2?.Url);
        Assert.Equal(StepResult.Failed, detection.Steps.Single(step => step.Host == "mail.contoso.com").Result);
    }

    [Fact]
    public async Task Basic_authentication_alone_gives_an_ActiveSync_protocol()
    {
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso(activeSync: Reply.Unauthorized("Basic realm=\"mail.contoso.com\"")));
        var detection = await harness.DetectAsync();
        Assert.Empty(detection.Services);
        Assert.Equal("eas", Assert.Single(detection.Protocols).Protocol);
        Assert.Equal("mail.contoso.com", detection.Protocols[0].Hostname);
        Assert.Null(detection.AutoDv2Error);
        Assert.Equal(Outcome.BasicAuthAdded, DetectionHarness.Outcome(detection));
    }

    [Fact]
    public async Task Bearer_without_an_authorization_address_falls_back_to_Basic_and_says_so()
    {
        // Variant D [EASOAUTH].
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso(activeSync: Reply.Unauthorized(
            "Basic realm=\"mail.contoso.test\"",
            "Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\", token_types=\"app_asserted_user_v1 service_asserted_app_v1\", error=\"invalid_token\"")));
        var detection = await harness.DetectAsync();
        Assert.Equal("missing authorization URL", detection.AutoDv2Error);
        Assert.Equal("eas", Assert.Single(detection.Protocols).Protocol);
    }

    [Fact]
    public async Task A_mailbox_in_Exchange_Online_needs_no_server_of_the_customer()
    {
        var network = new FakeNetwork().Host("outlook.office365.com", Reply.Json("""{"Protocol":"activesync","Url":"https://outlook.office365.com/Microsoft-Server-ActiveSync"}"""));
        using var harness = new DetectionHarness(network);
        var detection = await harness.DetectAsync();
        Assert.Equal(
            """{"email":"your@contoso.com","services":[{"service":"office365","protocol":"rest","hostname":"outlook.office365.com"}],"protocols":[]}""",
            DetectionHarness.Body(detection));
        Assert.Single(network.Requests);
    }

    [Fact]
    public async Task A_domain_that_Exchange_Online_does_not_know_is_asked_at_its_own_autodiscover_host()
    {
        // Exchange Online redirects to itself [O365ENUM].
        var network = FakeNetwork.HybridContoso().Host("outlook.office365.com", request => Reply.Redirect(request.Uri.OriginalString));
        using var harness = new DetectionHarness(network);
        var detection = await harness.DetectAsync();
        Assert.True(detection.Succeeded);
        Assert.Equal(
            "https://autodiscover.contoso.com/autodiscover/autodiscover.json?Email=your%40contoso.com&Protocol=activesync&RedirectCount=1",
            network.Requests.ElementAt(1).Request.Uri.AbsoluteUri);
    }

    [Fact]
    public async Task A_redirect_loop_ends_after_ten_redirects()
    {
        var network = FakeNetwork.HybridContoso(Reply.Redirect("https://autodiscover.contoso.com/autodiscover/autodiscover.json?again"));
        using var harness = new DetectionHarness(network);
        var detection = await harness.DetectAsync();
        Assert.Equal("ERR_FR_TOO_MANY_REDIRECTS", detection.AutoDv2Error);
        Assert.Equal(11, network.Requests.Count(entry => entry.Request.Uri.AbsolutePath.EndsWith(".json", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(404, "", "ERR_BAD_REQUEST")]
    [InlineData(500, "", "ERR_BAD_RESPONSE")]
    [InlineData(302, "", "ERR_BAD_RESPONSE")]
    [InlineData(200, "<html>log on</html>", "ERR_BAD_RESPONSE")]
    [InlineData(200, """{"Protocol":"activesync","Url":null}""", "ERR_INVALID_URL")]
    [InlineData(200, """{"Protocol":"activesync","Url":"http://mail.contoso.com/"}""", "ERR_INVALID_PROTOCOL")]
    public async Task An_AutoDiscover_answer_that_cannot_be_used_is_named(int status, string body, string code)
    {
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso(Reply.Of(status, body)));
        var detection = await harness.DetectAsync();
        Assert.Equal(code, detection.AutoDv2Error);
        Assert.False(detection.Succeeded);
    }

    [Fact]
    public async Task Each_detection_is_a_caller_of_its_own_from_the_published_ranges()
    {
        using var harness = new DetectionHarness(FakeNetwork.HybridContoso());
        System.Net.IPNetwork[] ranges = [System.Net.IPNetwork.Parse("52.125.128.0/20"), System.Net.IPNetwork.Parse("52.127.96.0/23")];
        var detections = new List<Detection>();
        for (var i = 0; i < 300; i++)
        {
            detections.Add(await harness.DetectAsync());
        }

        Assert.All(detections, detection => Assert.Contains(ranges, range => range.Contains(detection.Caller.Address)));
        Assert.All(ranges, range => Assert.Contains(detections, detection => range.Contains(detection.Caller.Address)));
        Assert.Equal(300, detections.Select(detection => detection.Caller.Session).Distinct().Count());
        Assert.Equal(300, detections.Select(detection => detection.RequestId).Distinct().Count());
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_request_ids_and_callers()
    {
        using var one = new DetectionHarness(FakeNetwork.HybridContoso());
        using var two = new DetectionHarness(FakeNetwork.HybridContoso());
        using var other = new DetectionHarness(FakeNetwork.HybridContoso(), seed: 7);
        var first = await one.DetectAsync();
        var second = await two.DetectAsync();
        Assert.Equal(first.RequestId, second.RequestId);
        Assert.Equal(first.Caller, second.Caller);
        Assert.NotEqual(first.RequestId, (await other.DetectAsync()).RequestId);
    }
}
