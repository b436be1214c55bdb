using System.Xml;
using System.Xml.XPath;

namespace AutoDetectSim.Exchange.Answers;

/// <summary>Goes through an XML document for an XPath expression, and gives up after <see cref="MaximumSteps"/>.</summary>
internal sealed class CountingNavigator : XPathNavigator
{
    /// <summary>Moves from node to node, and characters of values, that all copies may take together.</summary>
    private const int MaximumSteps = 4_000_000;

    private readonly XPathNavigator _inner;
    private readonly Counter _counter;

    /// <summary>Begins to count.</summary>
    public CountingNavigator(XPathNavigator inner)
        : this(inner, new Counter())
    {
    }

    private CountingNavigator(XPathNavigator inner, Counter counter)
    {
        _inner = inner;
        _counter = counter;
    }

    /// <inheritdoc/>
    public override string BaseURI => _inner.BaseURI;

    /// <inheritdoc/>
    public override bool IsEmptyElement => _inner.IsEmptyElement;

    /// <inheritdoc/>
    public override string LocalName => _inner.LocalName;

    /// <inheritdoc/>
    public override string Name => _inner.Name;

    /// <inheritdoc/>
    public override string NamespaceURI => _inner.NamespaceURI;

    /// <inheritdoc/>
    public override XmlNameTable NameTable => _inner.NameTable;

    /// <inheritdoc/>
    public override XPathNodeType NodeType => _inner.NodeType;

    /// <inheritdoc/>
    public override string Prefix => _inner.Prefix;

    /// <inheritdoc/>
    public override string Value
    {
        get
        {
            var value = _inner.Value;
            _counter.Count(1 + value.Length);
            return value;
        }
    }

    /// <inheritdoc/>
    public override XPathNavigator Clone()
    {
        _counter.Count(1);
        return new CountingNavigator(_inner.Clone(), _counter);
    }

    /// <inheritdoc/>
    public override XmlNodeOrder ComparePosition(XPathNavigator? nav)
    {
        _counter.Count(1);
        return nav is CountingNavigator other ? _inner.ComparePosition(other._inner) : XmlNodeOrder.Unknown;
    }

    /// <inheritdoc/>
    public override bool IsSamePosition(XPathNavigator other) => other is CountingNavigator counting && _inner.IsSamePosition(counting._inner);

    /// <inheritdoc/>
    public override bool MoveTo(XPathNavigator other) => other is CountingNavigator counting && Move(_inner.MoveTo(counting._inner));

    /// <inheritdoc/>
    public override bool MoveToFirstAttribute() => Move(_inner.MoveToFirstAttribute());

    /// <inheritdoc/>
    public override bool MoveToFirstChild() => Move(_inner.MoveToFirstChild());

    /// <inheritdoc/>
    public override bool MoveToFirstNamespace(XPathNamespaceScope namespaceScope) => Move(_inner.MoveToFirstNamespace(namespaceScope));

    /// <inheritdoc/>
    public override bool MoveToId(string id) => Move(_inner.MoveToId(id));

    /// <inheritdoc/>
    public override bool MoveToNext() => Move(_inner.MoveToNext());

    /// <inheritdoc/>
    public override bool MoveToNextAttribute() => Move(_inner.MoveToNextAttribute());

    /// <inheritdoc/>
    public override bool MoveToNextNamespace(XPathNamespaceScope namespaceScope) => Move(_inner.MoveToNextNamespace(namespaceScope));

    /// <inheritdoc/>
    public override bool MoveToParent() => Move(_inner.MoveToParent());

    /// <inheritdoc/>
    public override bool MoveToPrevious() => Move(_inner.MoveToPrevious());

    private bool Move(bool moved)
    {
        _counter.Count(1);
        return moved;
    }

    private sealed class Counter
    {
        private int _steps;

        public void Count(int steps)
        {
            _steps += steps;
            if (_steps > MaximumSteps)
            {
                throw new XPathException($"The expression takes more than {MaximumSteps} steps on this document.");
            }
        }
    }
}
