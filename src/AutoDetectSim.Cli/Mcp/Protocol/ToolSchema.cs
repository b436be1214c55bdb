using System.Text.Json;
using System.Text.Json.Nodes;

namespace AutoDetectSim.Cli.Mcp.Protocol;

/// <summary>The JSON Schema of a tool's arguments.</summary>
internal static class ToolSchema
{
    public static JsonElement Of(IReadOnlyList<ToolParameter> parameters)
    {
        var properties = new JsonObject();
        foreach (var parameter in parameters)
        {
            properties[parameter.Name] = PropertyOf(parameter);
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (parameters.Any(parameter => parameter.IsRequired))
        {
            schema["required"] = new JsonArray([.. parameters.Where(parameter => parameter.IsRequired).Select(parameter => JsonValue.Create(parameter.Name))]);
        }

        using var document = JsonDocument.Parse(schema.ToJsonString());
        return document.RootElement.Clone();
    }

    private static JsonObject PropertyOf(ToolParameter parameter)
    {
        var property = parameter.Kind switch
        {
            ParameterKind.WholeNumber => new JsonObject { ["type"] = "integer", ["minimum"] = parameter.Minimum, ["maximum"] = parameter.Maximum },
            ParameterKind.Flag => new JsonObject { ["type"] = "boolean", ["default"] = false },
            ParameterKind.TextList => new JsonObject
            {
                ["type"] = "array",
                ["items"] = new JsonObject { ["type"] = "string", ["maxLength"] = parameter.MaximumLength },
                ["minItems"] = 1,
                ["maxItems"] = parameter.MaximumCount,
            },
            _ => new JsonObject { ["type"] = "string", ["maxLength"] = parameter.MaximumLength },
        };
        if (parameter.Words.Count > 0)
        {
            property["enum"] = new JsonArray([.. parameter.Words.Select(word => JsonValue.Create(word))]);
        }

        if (parameter.Default is { } number)
        {
            property["default"] = number;
        }

        property["description"] = parameter.Description;
        return property;
    }
}
