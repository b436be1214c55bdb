namespace AutoDetectSim.Reports;

/// <summary>The style sheet of the page.</summary>
internal static class HtmlStyle
{
    public const string Text = """
        :root{color-scheme:light dark;--ink:#1c2330;--soft:#5b6576;--page:#f5f6f8;--card:#fff;--edge:#dfe3e9;--good:#1f7a4d;--goodfill:#dcf4e6;--bad:#b3261e;--badfill:#fde3e1;--warn:#8a5a00;--warnfill:#fff1d2;--blue:#22577a}
        @media (prefers-color-scheme:dark){:root{--ink:#e6e9ef;--soft:#a3adbd;--page:#12161d;--card:#1b212b;--edge:#323b49;--good:#6fd3a0;--goodfill:#173828;--bad:#ff9a92;--badfill:#45201d;--warn:#ffcf70;--warnfill:#40310d;--blue:#8cc8ee}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
        main{max-width:62rem;margin:0 auto;padding:1rem}
        header,section{background:var(--card);border:1px solid var(--edge);border-radius:12px;padding:1.1rem 1.25rem;margin:0 0 1rem}
        header{border-left:8px solid var(--warn)}
        header.healthy{border-left-color:var(--good)}
        header.broken,header.intermittent{border-left-color:var(--bad)}
        h1{font-size:1.6rem;line-height:1.2;margin:.2rem 0 .5rem}
        h2{font-size:1.2rem;margin:0 0 .6rem}
        h3{font-size:1.02rem;margin:.9rem 0 .4rem}
        p{margin:.4rem 0}
        .lead{font-size:1.08rem}
        .small{color:var(--soft);font-size:.86rem}
        .badge{display:inline-block;margin:0;padding:.1rem .6rem;border-radius:999px;font-size:.82rem;font-weight:600;background:var(--warnfill);color:var(--warn);vertical-align:middle}
        .healthy .badge,.badge.healthy{background:var(--goodfill);color:var(--good)}
        .broken .badge,.intermittent .badge,.badge.broken,.badge.intermittent{background:var(--badfill);color:var(--bad)}
        ul,ol{padding-left:1.25rem;margin:.4rem 0}
        li{margin:.3rem 0}
        .warn{background:var(--warnfill)}
        .columns{display:grid;gap:1rem 1.5rem;grid-template-columns:minmax(0,1fr) minmax(0,1fr);align-items:start}
        @media (max-width:46rem){.columns{grid-template-columns:minmax(0,1fr)}main{padding:.5rem}header,section{padding:.9rem .85rem;border-radius:9px}}
        figure{margin:.5rem 0}
        figcaption{color:var(--soft);font-size:.84rem}
        svg{width:100%;height:auto;display:block}
        svg text{fill:currentColor;font-size:13.5px;font-weight:600;text-anchor:middle}
        svg text.note{font-size:11.5px;font-weight:400}
        svg .neutral rect{fill:var(--page);stroke:var(--soft)}
        svg .good rect,svg rect.good{fill:var(--goodfill);stroke:var(--good)}
        svg .bad rect,svg rect.bad{fill:var(--badfill);stroke:var(--bad)}
        svg.timeline rect.good{fill:var(--good);stroke:none}
        svg.timeline rect.bad{fill:var(--bad);stroke:none}
        svg .line{stroke:var(--soft);fill:none}
        .bars{list-style:none;padding:0}
        .bars li{display:grid;grid-template-columns:minmax(0,1fr) 5.5rem 3.2rem;gap:.5rem;align-items:center;margin:.25rem 0;font-size:.92rem}
        .bar{background:var(--badfill);border-radius:4px;height:.8rem;overflow:hidden;border:1px solid var(--edge)}
        .bar span{display:block;height:100%;background:var(--good)}
        .value{text-align:right;font-variant-numeric:tabular-nums}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%;font-size:.92rem}
        th,td{border-bottom:1px solid var(--edge);padding:.35rem .5rem;text-align:left;vertical-align:top;min-width:4.5rem;overflow-wrap:break-word}
        thead th{color:var(--soft);font-weight:600;white-space:nowrap}
        tbody th{font-weight:600}
        tr.bad th{color:var(--bad)}
        tr.good th{color:var(--good)}
        td.passes{color:var(--good);font-weight:600}
        td.fails{color:var(--bad);font-weight:600}
        .chain{border-left:4px solid var(--edge);padding-left:.9rem;margin:1.2rem 0 0}
        .chain.good{border-left-color:var(--good)}
        .chain.bad{border-left-color:var(--bad)}
        .missing{background:var(--badfill);border-radius:8px;padding:.5rem .75rem}
        code{font:.88em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
        summary{cursor:pointer;color:var(--blue);margin:.3rem 0}
        dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.1rem .75rem;margin:.2rem 0 .6rem;font-size:.88rem}
        dt{color:var(--soft)}
        dd{margin:0}
        @media (max-width:30rem){dl{grid-template-columns:minmax(0,1fr)}dd{margin-bottom:.3rem}}
        footer{max-width:62rem;margin:0 auto;padding:0 1rem 2rem;color:var(--soft);font-size:.84rem}
        @media print{body{background:#fff}header,section{break-inside:avoid-page}}
        """;
}
