using System.Text.Json.Serialization.Metadata;
using AutoDetectSim.Control;
using AutoDetectSim.Documents.Writing;
using AutoDetectSim.Scenarios.Changes;
using AutoDetectSim.Training.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AutoDetectSim.Cli.Learn;

/// <summary>What the terminals of a trainee can ask of the lesson that runs. The scenario is not among it: it would give the answer away.</summary>
/// <param name="session">The session.</param>
/// <param name="rootCertificate">Where the trust anchors are.</param>
/// <param name="stop">Ends the lesson.</param>
internal sealed class SessionApi(TrainingSession session, string rootCertificate, Action stop)
{
    public const string StatusPath = "/status";
    public const string PhonePath = "/phone";
    public const string LogPath = "/log";
    public const string HintPath = "/hint";
    public const string DiagnosePath = "/diagnose";
    public const string AnswerPath = "/answer";
    public const string RepairPath = "/fix";
    public const string UndoPath = "/undo";
    public const string VerifyPath = "/verify";
    public const string ExplainPath = "/explain";
    public const string StopPath = "/stop";

    /// <summary>Maps the paths.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(StatusPath, context => ControlServer.WriteAsync(context, Status(), LearnJson.Default.SessionStatus));
        Post(routes, PhonePath, LearnJson.Default.PlainRequest, LearnJson.Default.PhoneResult, (_, token) => session.TryPhoneAsync(token));
        Post(routes, LogPath, LearnJson.Default.LogRequest, LearnJson.Default.ServerLogResult, (request, token) => session.ReadLogAsync(request.Server, token));
        Post(routes, HintPath, LearnJson.Default.PlainRequest, LearnJson.Default.HintResult, (_, token) => session.HintAsync(token));
        Post(routes, DiagnosePath, LearnJson.Default.TraineeDiagnosis, LearnJson.Default.DiagnosisResult, (said, token) => session.DiagnoseAsync(said with { Nodes = said.Nodes is { } nodes ? NodeRanges.Read(nodes) : null }, token));
        Post(routes, AnswerPath, LearnJson.Default.AnswerRequest, LearnJson.Default.AnswerResult, (request, token) => session.AnswerAsync(request.Question, request.Value, token));
        Post(routes, RepairPath, LearnJson.Default.RepairRequest, LearnJson.Default.RepairResult, (request, token) => session.RepairAsync(request.Change, token));
        Post(routes, UndoPath, LearnJson.Default.PlainRequest, LearnJson.Default.DoneAnswer, async (_, token) => new DoneAnswer(await session.UndoAsync(token)));
        Post(routes, VerifyPath, LearnJson.Default.PlainRequest, LearnJson.Default.VerificationResult, (_, token) => session.VerifyAsync(token));
        Post(routes, ExplainPath, LearnJson.Default.ExplanationRequest, LearnJson.Default.ExplanationResult, (request, token) => session.ExplainAsync(request.GiveUp, request.WithoutDiagnosis, token));
        routes.MapPost(StopPath, async context =>
        {
            await ControlServer.ReadAsync(context, LearnJson.Default.PlainRequest);

            // A server that ends takes answers with it that are under way.
            context.Response.OnCompleted(() =>
            {
                stop();
                return Task.CompletedTask;
            });
            await ControlServer.WriteAsync(context, new DoneAnswer("Stopping the lesson."), LearnJson.Default.DoneAnswer);
        });
    }

    /// <summary>Where the lesson stands.</summary>
    public SessionStatus Status()
    {
        var status = session.Status();
        return status with { Topology = status.Topology with { RootCertificate = rootCertificate } };
    }

    private static void Post<TRequest, TAnswer>(IEndpointRouteBuilder routes, string path, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TAnswer> answerType, Func<TRequest, CancellationToken, Task<TAnswer>> answer) =>
        routes.MapPost(path, async context =>
        {
            var request = await ControlServer.ReadAsync(context, requestType);
            TAnswer result;
            try
            {
                result = await answer(request, context.RequestAborted);
            }
            catch (SessionException exception)
            {
                throw new ControlException(exception.IsInvalid ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict, exception.Message.Split(Environment.NewLine));
            }
            catch (ScenarioChangeException exception)
            {
                throw new ControlException(StatusCodes.Status422UnprocessableEntity, exception.Message.Split('\n'));
            }

            await ControlServer.WriteAsync(context, result, answerType);
        });
}
