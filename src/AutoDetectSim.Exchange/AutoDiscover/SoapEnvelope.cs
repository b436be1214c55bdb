using System.Globalization;
using System.Xml.Linq;
using AutoDetectSim.Scenarios;

namespace AutoDetectSim.Exchange.AutoDiscover;

/// <summary>The envelope around every answer of autodiscover.svc ([SOAPDOC]).</summary>
internal static class SoapEnvelope
{
    private const string Schema = "http://schemas.microsoft.com/exchange/2010/Autodiscover";

    private static readonly XNamespace Addressing = "http://www.w3.org/2005/08/addressing";

    /// <summary>The namespace of SOAP 1.1.</summary>
    public static XNamespace Soap { get; } = "http://schemas.xmlsoap.org/soap/envelope/";

    /// <summary>The namespace of the messages.</summary>
    public static XNamespace Messages { get; } = Schema;

    /// <summary>The namespace of XML Schema instances.</summary>
    public static XNamespace Instance { get; } = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>An envelope.</summary>
    /// <param name="operation">The operation, for example <c>GetUserSettings</c>.</param>
    /// <param name="build">The build of the server.</param>
    /// <param name="schema">The newest schema that it speaks.</param>
    /// <param name="response">What it says.</param>
    public static XElement Of(string operation, ExchangeBuild build, string schema, XElement response) => new(
        Soap + "Envelope",
        new XAttribute(XNamespace.Xmlns + "s", Soap),
        new XAttribute(XNamespace.Xmlns + "a", Addressing),
        new XElement(
            Soap + "Header",
            new XElement(Addressing + "Action", new XAttribute(Soap + "mustUnderstand", "1"), $"{Schema}/Autodiscover/{operation}Response"),
            new XElement(
                Messages + "ServerVersionInfo",
                new XAttribute(XNamespace.Xmlns + "h", Messages),
                new XAttribute(XNamespace.Xmlns + "i", Instance),
                Number("MajorVersion", build.Version.Major),
                Number("MinorVersion", build.Version.Minor),
                Number("MajorBuildNumber", build.Version.Build),
                Number("MinorBuildNumber", build.Version.Revision),
                new XElement(Messages + "Version", schema))),
        new XElement(Soap + "Body", new XElement(Messages + $"{operation}ResponseMessage", response)));

    private static XElement Number(string name, int value) => new(Messages + name, value.ToString(CultureInfo.InvariantCulture));
}
