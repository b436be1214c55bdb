using System.Globalization;
using AutoDetectSim.Documents;
using HandlebarsDotNet.Helpers.Enums;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using WireMock;
using WireMock.Logging;
using WireMock.Matchers;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using WireMock.Settings;
using WireMock.Types;
using WireMock.Util;

namespace AutoDetectSim.Exchange.Answers;

/// <summary>
/// The WireMock.Net server of one lab: generated mappings at <see cref="GeneratedPriority"/>, and mapping files, which come
/// first unless they say otherwise.
/// </summary>
internal sealed class MappingServer : IDisposable
{
    /// <summary>Priority of generated mappings; a mapping file with a lower number (its default is 0) replaces them.</summary>
    public const int GeneratedPriority = 1000;

    /// <summary>Where the admin API is when it was asked for.</summary>
    public const string AdminPath = "/__admin";

    /// <summary>A private header of generated answers with the length of their body, which an answer to HEAD does not have.</summary>
    public const string LengthHeader = RequestFacts.HeaderPrefix + "Length";

    private const int MaximumHeaders = 512 * 1024;

    /// <summary>Helpers whose result is not much larger than what they are given.</summary>
    private static readonly Category[] TemplateHelpers = [Category.Boolean, Category.Constants, Category.Math, Category.Url];

    private readonly WireMockServer _server;
    private readonly HashSet<string> _generated = new(StringComparer.Ordinal);
    private volatile AnswerTable _answers = new();

    private MappingServer(WireMockServer server, AdminGuard? guard)
    {
        _server = server;
        AdminToken = guard?.TokenForTheUser();
        if (guard is not null)
        {
            RequestLogLimit.Watch(server);
        }
    }

    /// <summary>The token of the admin API, or null without one.</summary>
    public string? AdminToken { get; }

    /// <summary>The base URL of the server on loopback, without a trailing slash.</summary>
    public string Url => _server.Url!;

    /// <summary>Starts a server on a free loopback port. Throws when the port cannot be opened.</summary>
    /// <param name="admin">Whether the admin API answers under <see cref="AdminPath"/>.</param>
    public static MappingServer Start(bool admin)
    {
        var guard = admin ? new AdminGuard() : null;
        return new(WireMockServer.Start(Settings(guard)), guard);
    }

    private static WireMockServerSettings Settings(AdminGuard? guard)
    {
        var admin = guard is not null;
        return new WireMockServerSettings
        {
            PreWireMockMiddlewareInit = guard is null ? null : guard.Install,
            // Neither a mapping nor the admin API reads or writes a file.
            FileSystemHandler = new NoFileSystem(),
            HandlebarsSettings = new HandlebarsSettings { AllowedCustomHandlebarsHelpers = CustomHandlebarsHelpers.None, AllowedHandlebarsHelpers = TemplateHelpers },
            Urls = ["http://127.0.0.1:0"],
            Logger = new WireMockNullLogger(),
            StartAdminInterface = admin,
            AdminPath = AdminPath,
            // Request bodies are data of the case: WireMock shall neither parse nor inflate what a hostile client sent.
            // The admin API takes mappings from parsed bodies only.
            DisableJsonBodyParsing = !admin,
            DisableRequestBodyDecompressing = true,
            DisableDeserializeFormUrlEncoded = true,
            AllowPartialMapping = false,
            CustomMatcherMappings = ReplacedMatchers.ByName,
            // The request log is useful only if it can be read.
            MaxRequestLogCount = admin ? 100 : 0,
            SaveUnmatchedRequests = false,
            AdditionalServiceRegistration = services => services.Configure<KestrelServerOptions>(kestrel =>
            {
                kestrel.AddServerHeader = false;
                // What the front end let pass comes here with facts added, and percent-encoded.
                kestrel.Limits.MaxRequestHeadersTotalSize = MaximumHeaders;
                kestrel.Limits.MaxRequestLineSize = MaximumHeaders;
            }),
        };
    }

    /// <summary>
    /// Replaces the answers with these. There is one generated mapping for each case of each operation,
    /// whatever the number of organizations, because the server compares a request with every mapping that it has.
    /// </summary>
    public void Answer(AnswerTable answers)
    {
        _answers = answers;
        foreach (var key in answers.Keys.Where(_generated.Add))
        {
            _server
                .Given(Request.Create().WithHeader(RequestFacts.HeaderPrefix + RequestFacts.Answer, new ExactMatcher(key)))
                .AtPriority(GeneratedPriority)
                .WithTitle(key)
                .RespondWith(Response.Create().WithCallback(request => ToMessage(_answers.Give(Facts(request)))));
        }
    }

    /// <summary>Forgets all mappings, those of files and of the admin API too.</summary>
    public void Clear()
    {
        _server.ResetMappings();
        _generated.Clear();
    }

    /// <summary>Adds mapping files. Throws <see cref="MappingFileException"/> with all that is wrong with any of them.</summary>
    public void Add(MappingFiles files)
    {
        var problems = new List<DocumentProblem>(files.Problems);
        foreach (var (file, model) in files.Mappings)
        {
            try
            {
                _server.WithMapping(model);
            }
            catch (Exception exception)
            {
                problems.Add(MappingFiles.Problem(file, 1, 1, exception.Message));
            }
        }

        if (problems.Count > 0)
        {
            throw new MappingFileException(problems);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _server.Stop();
        _server.Dispose();
    }

    private static RequestFacts Facts(IRequestMessage request) =>
        RequestFacts.FromHeaders(request.Headers?.Select(header => KeyValuePair.Create(header.Key, header.Value.FirstOrDefault() ?? "")) ?? []);

    private static ResponseMessage ToMessage(Answer answer)
    {
        var message = new ResponseMessage
        {
            StatusCode = answer.StatusCode,
            BodyData = new BodyData { DetectedBodyType = BodyType.Bytes, BodyAsBytes = answer.Body },
        };
        message.AddHeader(LengthHeader, answer.Body.Length.ToString(CultureInfo.InvariantCulture));
        foreach (var group in answer.Headers.GroupBy(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase))
        {
            message.AddHeader(group.Key, [.. group]);
        }

        return message;
    }
}
