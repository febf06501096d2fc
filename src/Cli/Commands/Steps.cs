using System.Diagnostics;
using Spectre.Console;

namespace Noah.Cli.Commands;

/// <summary>Shows the steps of a start, each with its time.</summary>
internal static class Steps
{
    public static async Task<T> RunAsync<T>(string title, Func<Task<T>> step)
    {
        var watch = Stopwatch.StartNew();
        var result = await AnsiConsole.Status().StartAsync(Markup.Escape(title) + " ...", _ => step());
        AnsiConsole.MarkupLine($"[green]✓[/] {Markup.Escape(title)} [grey]{watch.Elapsed.TotalSeconds:F1} s[/]");
        return result;
    }

    public static Task RunAsync(string title, Func<Task> step) => RunAsync(title, async () =>
    {
        await step();
        return true;
    });
}
