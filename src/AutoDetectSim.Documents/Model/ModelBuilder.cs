using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoDetectSim.Documents.Model;

/// <summary>
/// Reads the form of a kind of document off its own records. A new init property of a record is a new key: its type says
/// what may stand there (string, number, bool, enum, Guid, TimeSpan, record, list or dictionary of those), its initial value is
/// the default, its XML documentation the description, and attributes narrow it: <see cref="StringSyntaxAttribute"/> with a
/// syntax of <see cref="DocumentModel.Forms"/>, <see cref="RangeAttribute"/>, <see cref="FilledInAttribute"/>, <see cref="KeySyntaxAttribute"/>,
/// <see cref="NotInFileAttribute"/>, <see cref="ExpandsToAttribute"/>; on a record <see cref="ShorthandAttribute"/> and <see cref="NameRangesAttribute"/>; on an
/// enum value <see cref="JsonStringEnumMemberNameAttribute"/>. A list of records that have a <c>Name</c> is written as a
/// mapping from names to parts.
/// </summary>
internal static class ModelBuilder
{
    public const string NameProperty = "Name";

    private static readonly ConcurrentDictionary<Type, RecordModel> Records = new();
    private static readonly NullabilityInfoContext Nullability = new();
    private static readonly Lock Gate = new();

    /// <summary>The form of one record.</summary>
    public static RecordModel Record(Type type) => Records.GetOrAdd(type, static type =>
    {
        var named = !type.IsDefined(typeof(DocumentAttribute)) && type.GetProperty(NameProperty) is { } name && name.IsDefined(typeof(RequiredMemberAttribute));
        return new RecordModel(type, model => [.. Members(model)])
        {
            Noun = Noun(type),
            IsNamed = named,
            HasNameRanges = type.IsDefined(typeof(NameRangesAttribute)),
            Shorthand = type.GetCustomAttribute<ShorthandAttribute>() is { } shorthand ? Key(shorthand.Property) : null,
        };
    });

    /// <summary>A C# name as scenario files write it: <c>MissingIntermediate</c> is <c>missingIntermediate</c>.</summary>
    public static string Key(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static IEnumerable<MemberModel> Members(RecordModel record)
    {
        foreach (var property in record.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is null || property.IsDefined(typeof(NotInFileAttribute)) || (record.IsNamed && string.Equals(property.Name, NameProperty, StringComparison.Ordinal)))
            {
                continue;
            }

            if (property.GetCustomAttribute<OverlayAttribute>() is { } overlay)
            {
                yield return Member(property, overlay.Key, new OverlayModel(Record(property.PropertyType)));
            }
            else if (property.GetCustomAttribute<ExpandsToAttribute>() is { } expands)
            {
                foreach (var member in ((IMemberExpansion)Activator.CreateInstance(expands.Expansion)!).Members(property))
                {
                    yield return member;
                }
            }
            else
            {
                yield return Member(property, Key(property.Name), Value(property.PropertyType, property, 0));
            }
        }
    }

    private static MemberModel Member(PropertyInfo property, string key, ValueModel value)
    {
        var filledIn = property.GetCustomAttribute<FilledInAttribute>()?.Words;
        return new MemberModel
        {
            Key = key,
            Value = value,
            Property = property,
            Get = property.GetValue,
            Set = property.SetValue,
            Required = filledIn is null && property.IsDefined(typeof(RequiredMemberAttribute)),
            Nullable = IsNullable(property),
            FilledIn = filledIn,
        };
    }

    private static ValueModel Value(Type type, PropertyInfo property, int level)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Scalar(type, property) is { } scalar)
        {
            return scalar;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var item = type.GetGenericArguments()[0];
            var model = Value(item, property, level);
            return model is RecordModel { IsNamed: true } named ? new NamedListModel(named) : new ListModel(model, item);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) && type.GetGenericArguments()[0] == typeof(string))
        {
            var value = type.GetGenericArguments()[1];
            var keys = property.GetCustomAttribute<KeySyntaxAttribute>();
            var inner = Value(value, property, level + 1);
            return new MapModel(inner, value, level < keys?.Syntaxes.Count ? keys.Syntaxes[level] : null)
            {
                LoneKeys = inner is MapModel ? [] : keys?.Alone ?? [],
            };
        }

        if (type.IsClass && type.GetConstructor(Type.EmptyTypes) is not null)
        {
            return Record(type);
        }

        throw new NotSupportedException($"{property.DeclaringType?.Name}.{property.Name}: documents have no form for {type}.");
    }

    private static ScalarModel? Scalar(Type type, PropertyInfo property)
    {
        if (type.IsEnum)
        {
            return Enumeration(type);
        }

        ScalarKind? kind = Type.GetTypeCode(type) switch
        {
            TypeCode.String => ScalarKind.Text,
            TypeCode.Int32 or TypeCode.Int64 => ScalarKind.WholeNumber,
            TypeCode.Double => ScalarKind.Number,
            TypeCode.Boolean => ScalarKind.Boolean,
            _ when type == typeof(Guid) => ScalarKind.Guid,
            _ when type == typeof(TimeSpan) => ScalarKind.Duration,
            _ => null,
        };
        if (kind is null)
        {
            return null;
        }

        var range = property.GetCustomAttribute<RangeAttribute>();
        return new ScalarModel
        {
            Kind = kind.Value,
            Type = type,
            Syntax = kind == ScalarKind.Text ? property.GetCustomAttribute<StringSyntaxAttribute>()?.Syntax : null,
            Minimum = range is null ? null : Convert.ToDouble(range.Minimum, System.Globalization.CultureInfo.InvariantCulture),
            Maximum = range is null ? null : Convert.ToDouble(range.Maximum, System.Globalization.CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The words of an enumeration.</summary>
    public static ScalarModel Enumeration(Type type) => new()
    {
        Kind = ScalarKind.Choice,
        Type = type,
        Choices =
        [
            .. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => new Choice(
                field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? Key(field.Name), field.GetValue(null)!, XmlDocs.Summary(field))),
        ],
    };

    private static bool IsNullable(PropertyInfo property)
    {
        lock (Gate)
        {
            return Nullability.Create(property).ReadState == NullabilityState.Nullable;
        }
    }

    private static string Noun(Type type)
    {
        var name = type.Name;
        foreach (var suffix in (string[])["Definition", "Recipe"])
        {
            name = name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;
        }

        var words = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && words.Length > 0)
            {
                words.Append(' ');
            }

            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }
}
