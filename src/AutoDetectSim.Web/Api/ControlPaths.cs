using AutoDetectSim.Control;
using Microsoft.AspNetCore.Routing;

namespace AutoDetectSim.Web.Api;

/// <summary>What the control server of a lab answers, for scripts and for the console alike.</summary>
internal static class ControlPaths
{
    /// <summary>The paths of a lab.</summary>
    public static Action<IEndpointRouteBuilder> Of(Lab lab) => routes =>
    {
        new LabApi(lab).Map(routes);
        new WorldApi(lab).Map(routes);
        new ClientsApi(lab).Map(routes);
        new JournalApi(lab).Map(routes);
        new CheckApi(lab).Map(routes);
        new ScenarioApi(lab).Map(routes);
    };
}
