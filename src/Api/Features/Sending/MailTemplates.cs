using Microsoft.Extensions.Caching.Memory;
using Noah.Api.Features.Content.Contracts;

namespace Noah.Api.Features.Sending;

/// <summary>Compiled templates by their wording, shared by all workers of the process; compiling costs a thousand times what rendering does.</summary>
internal sealed class MailTemplates : IDisposable
{
    private readonly MemoryCache _compiled = new(new MemoryCacheOptions { SizeLimit = 1000 });

    public MailTemplate Get(VariantTemplate variant) => _compiled.GetOrCreate(variant, entry =>
    {
        entry.Size = 1;
        return new MailTemplate(variant);
    })!;

    public void Dispose() => _compiled.Dispose();
}
