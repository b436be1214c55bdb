using System.Text.Json;
using AutoDetectSim.AutoDetect;
using AutoDetectSim.Clients;
using AutoDetectSim.Diagnosis.Statistics;
using AutoDetectSim.Documents;
using AutoDetectSim.Protocols;
using AutoDetectSim.Protocols.Http;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Diagnosis.Probing;

/// <summary>Makes many detections of one address and counts their results.</summary>
internal sealed class ProbeRun(FrontDoorClient client, Lab? lab, TimeProvider time)
{
    /// <summary>What probes of the field ask for [SEED].</summary>
    public const string DefaultQuery = "services=office365,outlook,google,icloud,yahoo&protocols=rest-cloud,rest-outlook,rest-office365,eas,imap,smtp";

    /// <summary>Whether a run that is canceled returns what was done so far, if that is anything.</summary>
    public bool KeepsPartial { get; init; }

    /// <summary>Runs to the end.</summary>
    /// <param name="email">The address to detect.</param>
    /// <param name="attempts">How many detections to make; at least 1.</param>
    /// <param name="concurrency">How many of them at once; at least 1.</param>
    /// <param name="progress">Receives the number of detections done so far after each; null for none.</param>
    /// <param name="cancellationToken">Ends the run early.</param>
    /// <param name="query">The query of each call; null for <see cref="DefaultQuery"/>.</param>
    /// <param name="observe">Called with each detection; null for none. It must be safe to call concurrently.</param>
    /// <exception cref="HttpRequestException">AutoDetect itself cannot be reached.</exception>
    public async Task<DetectionRunResult> RunAsync(string email, int attempts, int concurrency, IProgress<int>? progress, CancellationToken cancellationToken, string? query = null, Action<DetectionAttempt>? observe = null)
    {
        var started = time.GetTimestamp();
        var tally = new Tally(lab, email, await IsSovereignAsync(email, cancellationToken));
        var next = -1;
        var done = 0;
        async Task WorkAsync()
        {
            while (Interlocked.Increment(ref next) is var index && index < attempts)
            {
                var begun = time.GetTimestamp();
                var answer = await client.CallAsync(email, query ?? DefaultQuery, cancellationToken);
                var detection = answer.Headers.TryGetValue("X-Request-Id", out var requestId) ? lab?.Journal.Find(requestId) : null;
                var attempt = tally.Read(answer, detection) with
                {
                    Number = index + 1,
                    Started = time.GetElapsedTime(started, begun),
                    Elapsed = time.GetElapsedTime(begun),
                };
                tally.Add(attempt);
                observe?.Invoke(attempt);
                var count = Interlocked.Increment(ref done);
                progress?.Report(count);
            }
        }

        try
        {
            await Task.WhenAll(Enumerable.Range(0, Math.Min(concurrency, attempts)).Select(_ => WorkAsync()));
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested && KeepsPartial && done > 0)
        {
            attempts = done;
        }

        return tally.ToResult(email, attempts, time.GetElapsedTime(started));
    }

    /// <summary>What the app asks before it asks AutoDetect; labs without sovereign domains are spared the question.</summary>
    private async Task<bool> IsSovereignAsync(string email, CancellationToken cancellationToken) =>
        lab is { Scenario.AutoDetect.SovereignDomains.Count: > 0 }
        && EmailAddress.DomainOf(email) is { } domain
        && await new SovereignCheck(lab.Client).AskAsync(domain, SovereignCheck.Asker, cancellationToken) is not null;

    private sealed class Tally(Lab? lab, string email, bool isSovereign)
    {
        private readonly HashSet<string> _balancers = [.. lab?.Scenario.LoadBalancers.Select(balancer => balancer.Name) ?? []];
        private readonly MailboxHome _home = lab is null ? MailboxHome.Unknown : MailboxHomes.Of(lab.Scenario, email);
        private readonly Lock _gate = new();
        private readonly SortedDictionary<string, int> _errors = new(StringComparer.Ordinal);
        private readonly SortedDictionary<string, int> _outcomes = new(StringComparer.Ordinal);
        private readonly Dictionary<string, NodeTally> _nodes = new(StringComparer.OrdinalIgnoreCase);
        private FrontDoorAnswer? _sample;
        private Detection? _sampleDetection;
        private bool _sampleFailed;
        private int _successes;

        /// <summary>Reads an answer; number and times are the caller's to add.</summary>
        public DetectionAttempt Read(FrontDoorAnswer answer, Detection? detection)
        {
            var view = PhoneAnswer.Parse(answer.StatusCode, answer.Body.Span);
            return new DetectionAttempt
            {
                Number = 0,
                Started = default,
                Elapsed = default,
                Answer = answer,
                Detection = detection,
                Succeeded = view.HasServices || view.HasProtocols,
                Error = answer.Headers.GetValueOrDefault("X-AutoDv2-Error"),
                Outcome = CamelCase<Outcome>.Of(isSovereign ? Outcome.SovereignSignIn : Phone.OutcomeOf(view, _home)),
                Nodes = NodesMet(detection),
            };
        }

        public void Add(DetectionAttempt attempt)
        {
            var success = attempt.Succeeded;
            lock (_gate)
            {
                _successes += success ? 1 : 0;
                Count(_outcomes, attempt.Outcome);
                if (attempt.Error is { } error)
                {
                    Count(_errors, error);
                }

                foreach (var (name, code) in attempt.Nodes)
                {
                    if (!_nodes.TryGetValue(name, out var node))
                    {
                        _nodes[name] = node = new NodeTally();
                    }

                    node.Attempts++;
                    node.Successes += success ? 1 : 0;
                    if (code is not null)
                    {
                        Count(node.Errors, code);
                    }
                }

                if (_sample is null || (!success && !_sampleFailed))
                {
                    (_sample, _sampleDetection, _sampleFailed) = (attempt.Answer, attempt.Detection, !success);
                }
            }
        }

        public DetectionRunResult ToResult(string email, int attempts, TimeSpan elapsed)
        {
            var interval = ConfidenceInterval.Wilson(_successes, attempts);
            return new DetectionRunResult
            {
                Email = email,
                Attempts = attempts,
                Successes = _successes,
                SuccessRate = (double)_successes / attempts,
                Confidence95 = [Math.Round(interval.Low, 6), Math.Round(interval.High, 6)],
                Errors = _errors,
                Nodes = [.. _nodes.OrderBy(node => node.Key, NaturalOrder.Instance).Select(node => new NodeResult
                {
                    Name = node.Key,
                    Attempts = node.Value.Attempts,
                    Successes = node.Value.Successes,
                    Errors = node.Value.Errors,
                })],
                Outcomes = _outcomes,
                Sample = _sample is null ? null : ToSample(_sample, _sampleDetection),
                ElapsedMs = Math.Round(elapsed.TotalMilliseconds, 1),
                DetectionsPerSecond = Math.Round(attempts / Math.Max(elapsed.TotalSeconds, 1e-9), 1),
            };
        }

        /// <summary>The customer's nodes that a detection met, each once, with the code of what failed there.</summary>
        private Dictionary<string, string?> NodesMet(Detection? detection)
        {
            var met = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            foreach (var step in detection?.Steps ?? [])
            {
                if (step.Exchange?.Connection is { Node: { } node, LoadBalancer: { } balancer } && _balancers.Contains(balancer))
                {
                    met[node] = step.Code ?? met.GetValueOrDefault(node);
                }
            }

            return met;
        }

        private static DetectionSample ToSample(FrontDoorAnswer answer, Detection? detection) => new()
        {
            Status = answer.StatusCode,
            Headers = answer.Headers.ToDictionary(header => header.Key, header => SecretHeaders.Mask(header.Key, header.Value), StringComparer.OrdinalIgnoreCase),
            Body = TryParse(answer.Body),
            Debug = answer.Headers.TryGetValue("X-Debug-Support", out var debug) ? TryDecode(debug) : null,
            DecisionPath = detection is null ? [] : [.. detection.Steps.Select(step => step.Sentence)],
        };

        private static JsonElement? TryDecode(string base64)
        {
            try
            {
                return TryParse(Convert.FromBase64String(base64));
            }
            catch (FormatException)
            {
                return null;
            }
        }

        private static JsonElement? TryParse(ReadOnlyMemory<byte> json)
        {
            try
            {
                using var document = JsonDocument.Parse(json);
                return document.RootElement.Clone();
            }
            catch (JsonException)
            {
                return null;
            }
        }

        private static void Count(SortedDictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;

        private sealed class NodeTally
        {
            public int Attempts { get; set; }

            public int Successes { get; set; }

            public SortedDictionary<string, int> Errors { get; } = new(StringComparer.Ordinal);
        }
    }
}
