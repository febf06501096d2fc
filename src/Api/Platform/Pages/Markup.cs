using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Noah.Api.Platform.Pages;

/// <summary>Finished HTML. Only <see cref="Html"/> makes it, which encodes every value that is not itself finished.</summary>
internal readonly record struct Markup(string Text)
{
    public static readonly Markup Empty = new("");

    public override string ToString() => Text;
}

internal static class Html
{
    /// <summary>Markup from an interpolated template: the template is trusted, its values are encoded.</summary>
    public static Markup Of(Template template) => new(template.ToString());

    public static Markup Each<T>(IEnumerable<T> items, Func<T, Markup> render) => new(string.Concat(items.Select(item => render(item).Text)));

    [InterpolatedStringHandler]
    internal readonly ref struct Template
    {
        private readonly StringBuilder _text;

        public Template(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (formattedCount * 24));

        public void AppendLiteral(string literal) => _text.Append(literal);

        public void AppendFormatted(Markup finished) => _text.Append(finished.Text);

        public void AppendFormatted(string? value) => _text.Append(HtmlEncoder.Default.Encode(value ?? ""));

        public void AppendFormatted(int value) => _text.Append(value);

        public override string ToString() => _text.ToString();
    }
}
