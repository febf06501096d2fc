using Npgsql;
using NpgsqlTypes;

namespace Noah.Api.Features.Members.Contracts;

/// <summary>Collects the values of one query over members, so that a condition names <c>$n</c> and never contains a value.</summary>
internal sealed class SqlParameters
{
    private readonly List<NpgsqlParameter> _parameters = [];

    public IReadOnlyList<NpgsqlParameter> All => _parameters;

    /// <summary>Keeps the value and answers its placeholder.</summary>
    public string Add(NpgsqlDbType type, object value)
    {
        _parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value });
        return $"${_parameters.Count}";
    }
}
