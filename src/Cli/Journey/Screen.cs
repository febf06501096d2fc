using System.Globalization;
using System.Text.Json;
using Noah.Cli.Client;
using Spectre.Console;

namespace Noah.Cli.Journey;

/// <summary>What the journey puts on the terminal: headings, progress bars, tables, sentences.</summary>
internal static class Screen
{
    public static void Heading(string title, string forWhom)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.Write(new Rule($"[bold]{Markup.Escape(title)}[/] [grey]· {Markup.Escape(forWhom)}[/]") { Justification = Justify.Left, Style = new Style(Color.Blue) });
    }

    public static void Say(string sentence) => AnsiConsole.Write(new Padder(new Text(sentence), new Padding(2, 0, 0, 0)));

    /// <summary>An address on one line, however narrow the terminal: it is there to be clicked or copied.</summary>
    public static void Link(string what, string address)
    {
        AnsiConsole.Markup($"  [grey]{Markup.Escape(what),-14}[/] ");
        Console.Out.WriteLine(address);
    }

    /// <summary>A table with a title; every column but the first is right-aligned.</summary>
    public static Table Table(string title, params string[] columns)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape(title)), BorderStyle = new Style(Color.Grey) };
        for (var index = 0; index < columns.Length; index++)
        {
            var column = new TableColumn(new Markup($"[bold]{Markup.Escape(columns[index])}[/]")) { NoWrap = true };
            table.AddColumn(index == 0 ? column : column.RightAligned());
        }

        return table;
    }

    public static void Row(this Table table, params string[] cells) => table.AddRow([.. cells.Select(cell => new Markup(Markup.Escape(cell)))]);

    public static void Show(Table table) => AnsiConsole.Write(new Padder(table, new Padding(2, 0, 0, 0)));

    public static string Count(double? value) => value is { } number ? number.ToString("N0", CultureInfo.InvariantCulture) : "–";

    public static string Share(double? value, int digits = 2) => value is { } number ? number.ToString($"P{digits}", CultureInfo.InvariantCulture).Replace(" %", "%", StringComparison.Ordinal) : "–";

    public static string Figure(double? value, int digits = 4) => value is { } number ? number.ToString($"F{digits}", CultureInfo.InvariantCulture) : "–";

    public static string Money(double? value) => value is { } number ? (number < 0 ? "−$" : "$") + Math.Abs(number).ToString("N2", CultureInfo.InvariantCulture) : "–";

    public static string PValue(double? value) => value switch
    {
        null => "–",
        < 0.001 => value.Value.ToString("0.0e-0", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("F3", CultureInfo.InvariantCulture),
    };

    /// <summary>Runs long-running work behind a progress bar that names the stage.</summary>
    public static Task<JsonElement> RunAsync(NoahClient client, string title, string path, object body, CancellationToken cancellationToken) => AnsiConsole.Progress()
        .AutoClear(false)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 30 }, new PercentageColumn(), new ElapsedTimeColumn(), new SpinnerColumn())
        .StartAsync(async screen =>
        {
            var task = screen.AddTask(Label(title, ""), maxValue: 1);
            task.IsIndeterminate = true;
            var operation = await client.RunAsync(path, body, new StageProgress(task, title), cancellationToken);
            task.IsIndeterminate = false;
            task.Description = Label(title, "");
            task.MaxValue = 1;
            task.Value = 1;
            return operation;
        });

    private static string Label(string title, string stage) => $"  {Markup.Escape(title.PadRight(24))} [grey]{Markup.Escape(stage.PadRight(16))}[/]";

    private sealed class StageProgress(ProgressTask task, string title) : IProgress<OperationProgress>
    {
        public void Report(OperationProgress value)
        {
            task.Description = Label(title, value.Stage);
            task.IsIndeterminate = value.Total is not > 0;
            task.MaxValue = Math.Max(1, value.Total ?? 1);
            task.Value = value.Total is > 0 ? Math.Min(value.Completed, value.Total.Value) : 0;
        }
    }
}
