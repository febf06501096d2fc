using Noah.Api.Features.Members.Contracts;
using Noah.Api.Platform.Idempotency;
using Noah.Api.Platform.Security;

namespace Noah.Api.Features.Members;

/// <summary>Members, their accounts and attributes, and whether they may be contacted.</summary>
internal static class MembersFeature
{
    public static void AddMembers(this IServiceCollection services)
    {
        services.AddScoped<IMemberSchema, MemberSchemaReader>();
        services.AddScoped<IMemberDirectory, MemberDirectory>();
        services.AddScoped<IMemberWriter, MemberWriter>();
        services.AddScoped<IMemberTables, MemberTables>();
        services.AddScoped<IMemberAccounts, MemberAccounts>();
        services.AddScoped<IMemberQueries, MemberQueries>();
        services.AddScoped<IMemberContacts, MemberContacts>();
        services.AddScoped<IContactPermissions, ContactPermissions>();
        services.AddScoped<IErasures, Erasures>();
    }

    public static void MapMembers(this IEndpointRouteBuilder routes)
    {
        var root = routes.MapGroup("/v1").WithTags("Members");
        var read = root.MapGroup("").RequireScope(Scopes.MembersRead);
        var write = root.MapGroup("").RequireScope(Scopes.MembersWrite);

        write.MapPut("/memberSchema", PutMemberSchema.HandleAsync).WithName("PutMemberSchema").WithSummary("Declares attributes; those declared before stay");
        read.MapGet("/memberSchema", PutMemberSchema.GetAsync).WithName("GetMemberSchema").WithSummary("The declared attributes");

        write.MapPut("/accounts/{externalId}", PutAccount.HandleAsync).WithName("PutAccount").WithSummary("Creates or replaces the account with this external id");
        read.MapGet("/accounts", ListAccounts.HandleAsync).WithName("ListAccounts").WithSummary("Accounts, newest last");
        read.MapGet("/accounts/{id:rid}", GetAccount.HandleAsync).WithName("GetAccount").WithSummary("One account");

        write.MapPut("/members/{externalId}", PutMember.HandleAsync).WithName("PutMember").WithSummary("Creates or replaces the member with this external id");
        read.MapGet("/members", ListMembers.HandleAsync).WithName("ListMembers").WithSummary("Members, newest last; or the one with an externalId");
        read.MapGet("/members/{id:rid}", GetMember.HandleAsync).WithName("GetMember").WithSummary("One member");

        read.MapGet("/members/{id:rid}/consents", ListConsents.HandleAsync).WithName("ListConsents").WithSummary("What a member said, oldest first");
        write.MapPost("/members/{id:rid}/consents", RecordConsent.HandleAsync).AcceptIdempotencyKey()
            .WithName("RecordConsent").WithSummary("Adds what a member said to the ledger; the latest entry of a channel and topic counts");
        read.MapGet("/suppressions", ListSuppressions.HandleAsync).WithName("ListSuppressions").WithSummary("Barred addresses, by their hashes");
        write.MapPost("/suppressions", CreateSuppression.HandleAsync).AcceptIdempotencyKey()
            .WithName("CreateSuppression").WithSummary("Bars an address, on one topic or on all");
    }
}
