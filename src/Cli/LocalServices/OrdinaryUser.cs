using System.Globalization;

namespace Noah.Cli.LocalServices;

/// <summary>The user who owns the cluster: PostgreSQL refuses root. Null stands for the user of this program.</summary>
internal sealed record OrdinaryUser(string Name, int UserId, int GroupId)
{
    private const string PasswordFile = "/etc/passwd";

    public IReadOnlyList<string> PrivilegeArguments =>
        ["--reuid", Text(UserId), "--regid", Text(GroupId), "--init-groups"];

    /// <summary>
    /// Whoever already owns <paramref name="folder"/>; else the user of this program, or where that is root, postgres or nobody.
    /// </summary>
    public static async Task<OrdinaryUser?> OwnerForAsync(string folder, CancellationToken cancellationToken)
    {
        if (!NativeProcess.IsRoot)
        {
            return null;
        }

        var users = Read();
        if (Directory.Exists(folder) && await OwnerIdAsync(folder, cancellationToken) is var owner and not 0)
        {
            return users.FirstOrDefault(user => user.UserId == owner) ?? throw new CommandFailedException($"{folder} belongs to an unknown user ({owner}).");
        }

        return users.FirstOrDefault(user => user.Name == "postgres") ?? users.FirstOrDefault(user => user.Name == "nobody")
            ?? throw new CommandFailedException("PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody.");
    }

    public static async Task<int> OwnerIdAsync(string path, CancellationToken cancellationToken) =>
        int.Parse(await Tool.CaptureAsync("stat", ["-c", "%u", path], cancellationToken), CultureInfo.InvariantCulture);

    /// <summary>Whether the user can enter the folder: a clone under root's home is closed to others.</summary>
    public async Task<bool> CanEnterAsync(string folder, CancellationToken cancellationToken) =>
        await Tool.SucceedsAsync("setpriv", [.. PrivilegeArguments, "--", "test", "-x", folder], cancellationToken);

    public Task OwnAsync(string path, CancellationToken cancellationToken) =>
        Tool.CaptureAsync("chown", ["-R", $"{Text(UserId)}:{Text(GroupId)}", path], cancellationToken);

    private static OrdinaryUser[] Read() =>
    [
        .. File.ReadLines(PasswordFile).Select(line => line.Split(':')).Where(fields => fields.Length >= 4)
            .Select(fields => new OrdinaryUser(fields[0], int.Parse(fields[2], CultureInfo.InvariantCulture), int.Parse(fields[3], CultureInfo.InvariantCulture))),
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
