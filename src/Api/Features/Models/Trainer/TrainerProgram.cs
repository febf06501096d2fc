namespace Noah.Api.Features.Models.Trainer;

/// <summary>
/// The host's binary in its third role: <c>train FOLDER</c> learns from the job in the folder and leaves its result there. It opens no database
/// and no port and knows no secret; it tells how far it is by lines on its output.
/// </summary>
internal static class TrainerProgram
{
    public const string Verb = "train";
    public const int Failed = 3;

    public static int Run(string folder)
    {
        var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        var stages = new TrainerStages(message => output.WriteLine(message.ToLine()));
        TrainerLimits.EndWith(Console.OpenStandardInput());
        try
        {
            TrainerLimits.Apply(TrainerJobFile.ReadTerms(folder).MemoryBytes);
            Learning.Run(stages.Run("starting", _ => TrainerJobFile.Read(folder)), stages).Write(folder);
            return 0;
        }
        catch (Exception exception)
        {
            output.WriteLine(new TrainerMessage(stages.Current, Fault: exception.ToString(), OutOfMemory: IsOutOfMemory(exception)).ToLine());
            return Failed;
        }
    }

    // libtorch reports it as an error of its own, in these words.
    private static bool IsOutOfMemory(Exception exception) =>
        exception is OutOfMemoryException || exception.Message.Contains("allocate memory", StringComparison.Ordinal);
}
