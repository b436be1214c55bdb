namespace AutoDetectSim.Certificates.Validation.Decoding;

/// <summary>
/// Decodes values the way OpenSSL 3.0 does. A general ASN.1 reader cannot stand in here: what matters is which
/// deviations from DER OpenSSL lets pass (BER lengths, constructed strings, trailing fields), and which of its
/// errors comes first where it does not, because a Node.js client reports that error's name.
/// </summary>
internal struct DerDecoder(ReadOnlyMemory<byte> source, NodeVersion version = NodeVersion.Node20)
{
    private const int Universal = 0;
    private const int ContextSpecific = 0x80;

    /// <summary>The longest OBJECT IDENTIFIER that OpenSSL writes out as text: 128 numbers of 32 bits (RFC 2578 3.5).</summary>
    private const int MaxObjectIdentifier = 586;

    private readonly ReadOnlyMemory<byte> _source = source;

    /// <summary>The first error that was met, or <see cref="ValidationCode.Ok"/>.</summary>
    internal ValidationCode Error { get; private set; }

    /// <summary>How many bytes the value took that <see cref="Decode"/> read last.</summary>
    internal int Consumed { get; private set; }

    private readonly ReadOnlySpan<byte> Bytes => _source.Span;

    /// <summary>Decodes one value at the start of the source; what follows it is left alone.</summary>
    /// <returns>Null after an error, which is then in <see cref="Error"/>.</returns>
    internal DerValue? Decode(DerItem item)
    {
        var position = 0;
        var status = ReadItem(ref position, _source.Length, item, DerTag.Any, Universal, optional: false, out var value);
        Consumed = position;
        return status == Status.Ok ? value : null;
    }

    private Status ReadItem(ref int position, int end, DerItem item, int tag, int tagClass, bool optional, out DerValue? value)
    {
        value = null;
        if (end <= position)
        {
            return Fail(ValidationCode.SslTooSmall);
        }

        switch (item.Kind)
        {
            case DerKind.Primitive:
                return ReadPrimitive(ref position, end, item.Tag, tag, tagClass, optional, out value, item.AnyContent);
            case DerKind.Any:
                return ReadAny(ref position, end, out value);
            case DerKind.MultiString:
                return ReadMultiString(ref position, end, item, optional, out value);
            case DerKind.Choice:
                return ReadChoice(ref position, end, item, optional, out value);
            case DerKind.Alias:
                return ReadField(ref position, end, item.Fields[0], optional, out value);
            case DerKind.Name:
                return ReadName(ref position, end, item, optional, out value);
            default:
                return ReadSequence(ref position, end, item, tag, tagClass, optional, out value);
        }
    }

    private Status ReadAny(ref int position, int end, out DerValue? value)
    {
        value = null;
        var peek = position;
        if (!ReadHeader(ref peek, end, out var header))
        {
            return Status.Error;
        }

        return header.TagClass == Universal
            ? ReadPrimitive(ref position, end, header.Tag, DerTag.Any, Universal, optional: false, out value)
            : ReadPrimitive(ref position, end, DerTag.Other, DerTag.Other, Universal, optional: false, out value);
    }

    private Status ReadMultiString(ref int position, int end, DerItem item, bool optional, out DerValue? value)
    {
        value = null;
        var peek = position;
        if (!ReadHeader(ref peek, end, out var header))
        {
            return Status.Error;
        }

        if (header.TagClass != Universal)
        {
            return optional ? Status.Absent : Fail(ValidationCode.SslMstringNotUniversal);
        }

        if (header.Tag > DerTag.BmpString || (item.Tags & (1u << header.Tag)) == 0)
        {
            return optional ? Status.Absent : Fail(ValidationCode.SslMstringWrongTag);
        }

        return ReadPrimitive(ref position, end, header.Tag, DerTag.Any, Universal, optional: false, out value);
    }

    private Status ReadChoice(ref int position, int end, DerItem item, bool optional, out DerValue? value)
    {
        value = null;
        var start = position;
        for (var i = 0; i < item.Fields.Count; i++)
        {
            var status = ReadField(ref position, end, item.Fields[i], optional: true, out var chosen);
            if (status == Status.Ok)
            {
                value = new DerValue { Alternative = i, Children = [chosen], Encoding = _source[start..position] };
                return Status.Ok;
            }

            if (status == Status.Error)
            {
                return Status.Error;
            }
        }

        // No alternative of a CHOICE is ever outside an extension, where the kind of error does not matter.
        return optional ? Status.Absent : Fail(ValidationCode.SslWrongTag);
    }

    private Status ReadName(ref int position, int end, DerItem item, bool optional, out DerValue? value)
    {
        value = null;
        var start = position;
        var status = ReadField(ref position, end, item.Fields[0], optional, out var rdns);
        if (status != Status.Ok)
        {
            return status;
        }

        var encoding = _source[start..position];
        var error = DistinguishedName.TryCreate(rdns!, encoding, out var name);
        if (error != ValidationCode.Ok)
        {
            return Fail(error);
        }

        value = new DerValue { Tag = DerTag.Sequence, Encoding = encoding, Name = name };
        return Status.Ok;
    }

    private Status ReadSequence(ref int position, int end, DerItem item, int tag, int tagClass, bool optional, out DerValue? value)
    {
        value = null;
        if (tag == DerTag.Any)
        {
            tag = DerTag.Sequence;
            tagClass = Universal;
        }

        var start = position;
        var p = position;
        var status = Expect(ref p, end, tag, tagClass, optional, out var header);
        if (status != Status.Ok)
        {
            return status;
        }

        if (!header.Constructed)
        {
            return Fail(ValidationCode.SslSequenceNotConstructed);
        }

        var stop = p + header.Length;
        var openEnded = header.Indefinite;
        var fields = new DerValue?[item.Fields.Count];
        var i = 0;
        for (; i < fields.Length && p < stop; i++)
        {
            if (SkipEndOfContents(ref p, stop))
            {
                if (!openEnded)
                {
                    return Fail(ValidationCode.SslUnexpectedEoc);
                }

                openEnded = false;
                break;
            }

            // The last field may not be left out while there is still data: its tag must then fit.
            var mayBeAbsent = i < fields.Length - 1 && item.Fields[i].Optional;
            if (ReadField(ref p, stop, item.Fields[i], mayBeAbsent, out fields[i]) == Status.Error)
            {
                return Status.Error;
            }
        }

        if (openEnded && !SkipEndOfContents(ref p, stop))
        {
            return Fail(ValidationCode.SslMissingEoc);
        }

        if (!header.Indefinite && p != stop)
        {
            return Fail(ValidationCode.SslSequenceLengthMismatch);
        }

        for (; i < fields.Length; i++)
        {
            if (!item.Fields[i].Optional)
            {
                return Fail(ValidationCode.SslFieldMissing);
            }
        }

        if (item.NamesAlgorithm && fields[0]![0]!.Content.Length > MaxObjectIdentifier)
        {
            return Fail(ValidationCode.SslNestedAsn1Error);
        }

        position = p;
        value = new DerValue { Tag = DerTag.Sequence, Encoding = _source[start..p], Children = fields };
        return Status.Ok;
    }

    private Status ReadField(ref int position, int end, DerField field, bool optional, out DerValue? value)
    {
        value = null;
        if (!field.Explicit)
        {
            return ReadUntaggedField(ref position, end, field, field.ContextTag, optional, out value);
        }

        var p = position;
        var status = Expect(ref p, end, field.ContextTag!.Value, ContextSpecific, optional, out var header);
        if (status != Status.Ok)
        {
            return status;
        }

        if (!header.Constructed)
        {
            return Fail(ValidationCode.SslExplicitTagNotConstructed);
        }

        var stop = p + header.Length;
        if (ReadUntaggedField(ref p, stop, field, contextTag: null, optional: false, out value) != Status.Ok)
        {
            return Status.Error;
        }

        if (header.Indefinite ? !SkipEndOfContents(ref p, stop) : p != stop)
        {
            return Fail(header.Indefinite ? ValidationCode.SslMissingEoc : ValidationCode.SslExplicitLengthMismatch);
        }

        position = p;
        return Status.Ok;
    }

    private Status ReadUntaggedField(ref int position, int end, DerField field, int? contextTag, bool optional, out DerValue? value)
    {
        if (field.Repeat != DerRepeat.No)
        {
            return ReadElements(ref position, end, field, contextTag, optional, out value);
        }

        return contextTag is { } tag
            ? ReadItem(ref position, end, field.Item, tag, ContextSpecific, optional, out value)
            : ReadItem(ref position, end, field.Item, DerTag.Any, Universal, optional, out value);
    }

    private Status ReadElements(ref int position, int end, DerField field, int? contextTag, bool optional, out DerValue? value)
    {
        value = null;
        var start = position;
        var p = position;
        var status = contextTag is { } tag
            ? Expect(ref p, end, tag, ContextSpecific, optional, out var header)
            : Expect(ref p, end, field.Repeat == DerRepeat.SetOf ? DerTag.Set : DerTag.Sequence, Universal, optional, out header);
        if (status != Status.Ok)
        {
            return status;
        }

        var stop = p + header.Length;
        var openEnded = header.Indefinite;
        var elements = new List<DerValue?>();
        while (p < stop)
        {
            if (SkipEndOfContents(ref p, stop))
            {
                if (!openEnded)
                {
                    return Fail(ValidationCode.SslUnexpectedEoc);
                }

                openEnded = false;
                break;
            }

            if (ReadItem(ref p, stop, field.Item, DerTag.Any, Universal, optional: false, out var element) != Status.Ok)
            {
                return Status.Error;
            }

            elements.Add(element);
        }

        if (openEnded)
        {
            return Fail(ValidationCode.SslMissingEoc);
        }

        position = p;
        value = new DerValue { Tag = DerTag.Sequence, Encoding = _source[start..p], Children = elements };
        return Status.Ok;
    }

    private Status ReadPrimitive(ref int position, int end, int type, int tag, int tagClass, bool optional, out DerValue? value, bool anyContent = false)
    {
        value = null;
        if (tag == DerTag.Any)
        {
            tag = type;
            tagClass = Universal;
        }

        var start = position;
        var p = position;
        var status = Expect(ref p, end, tag, tagClass, optional, out var header);
        if (status != Status.Ok)
        {
            return status;
        }

        ReadOnlyMemory<byte> content;
        if (type is DerTag.Sequence or DerTag.Set or DerTag.Other)
        {
            if (type != DerTag.Other && !header.Constructed)
            {
                return Fail(ValidationCode.SslTypeNotConstructed);
            }

            if (!SkipContent(ref p, header))
            {
                return Status.Error;
            }

            content = _source[start..p];
        }
        else if (header.Constructed)
        {
            if (type is DerTag.Null or DerTag.Boolean or DerTag.ObjectIdentifier or DerTag.Integer or DerTag.Enumerated)
            {
                return Fail(ValidationCode.SslTypeNotPrimitive);
            }

            var pieces = new MemoryStream();
            if (!CollectString(ref p, p + header.Length, header.Indefinite, pieces, 0))
            {
                return Status.Error;
            }

            content = pieces.ToArray();
        }
        else
        {
            content = _source.Slice(p, header.Length);
            p += header.Length;
        }

        var error = anyContent ? ValidationCode.Ok : DerContent.Check(type, content.Span, version);
        if (error != ValidationCode.Ok)
        {
            return Fail(error);
        }

        position = p;
        value = new DerValue { Tag = type, Content = content, Encoding = _source[start..p] };
        return Status.Ok;
    }

    /// <summary>Goes past the content of a value that stays encoded; inner indefinite lengths are counted, not followed.</summary>
    private bool SkipContent(ref int position, in DerHeader header)
    {
        if (!header.Indefinite)
        {
            position += header.Length;
            return true;
        }

        var stop = position + header.Length;
        var open = 1;
        while (position < stop)
        {
            if (SkipEndOfContents(ref position, stop))
            {
                if (--open == 0)
                {
                    return true;
                }

                continue;
            }

            if (!ReadHeader(ref position, stop, out var inner))
            {
                return false;
            }

            if (inner.Indefinite)
            {
                open++;
            }
            else
            {
                position += inner.Length;
            }
        }

        Fail(ValidationCode.SslMissingEoc);
        return false;
    }

    private bool CollectString(ref int position, int stop, bool indefinite, MemoryStream pieces, int depth)
    {
        while (position < stop)
        {
            if (SkipEndOfContents(ref position, stop))
            {
                if (!indefinite)
                {
                    Fail(ValidationCode.SslUnexpectedEoc);
                    return false;
                }

                return true;
            }

            if (!ReadHeader(ref position, stop, out var header))
            {
                return false;
            }

            if (header.Constructed)
            {
                if (depth >= ValidationLimits.MaxStringNesting)
                {
                    Fail(ValidationCode.SslNestedAsn1String);
                    return false;
                }

                if (!CollectString(ref position, position + header.Length, header.Indefinite, pieces, depth + 1))
                {
                    return false;
                }
            }
            else
            {
                pieces.Write(Bytes.Slice(position, header.Length));
                position += header.Length;
            }
        }

        if (indefinite)
        {
            Fail(ValidationCode.SslMissingEoc);
            return false;
        }

        return true;
    }

    private Status Expect(ref int position, int end, int tag, int tagClass, bool optional, out DerHeader header)
    {
        var p = position;
        if (!ReadHeader(ref p, end, out header))
        {
            return Status.Error;
        }

        if (tag >= 0 && (header.Tag != tag || header.TagClass != tagClass))
        {
            return optional ? Status.Absent : Fail(ValidationCode.SslWrongTag);
        }

        position = p;
        return Status.Ok;
    }

    private readonly bool SkipEndOfContents(ref int position, int end)
    {
        if (end - position < 2 || Bytes[position] != 0 || Bytes[position + 1] != 0)
        {
            return false;
        }

        position += 2;
        return true;
    }

    private bool ReadHeader(ref int position, int end, out DerHeader header)
    {
        header = default;
        if (end <= position)
        {
            Fail(ValidationCode.SslTooSmall);
            return false;
        }

        if (!DerHeader.TryRead(Bytes[position..end], version, out header))
        {
            Fail(ValidationCode.SslHeaderTooLong);
            return false;
        }

        if (header.Length > end - position - header.HeaderLength)
        {
            Fail(ValidationCode.SslTooLong);
            return false;
        }

        position += header.HeaderLength;
        if (header.Indefinite)
        {
            header = header with { Length = end - position };
        }

        return true;
    }

    private Status Fail(ValidationCode error)
    {
        if (Error == ValidationCode.Ok)
        {
            Error = error;
        }

        return Status.Error;
    }

    private enum Status
    {
        Absent,
        Error,
        Ok,
    }
}
