using System;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Noah.Migrations.Migrations
{
    /// <inheritdoc />
    public partial class PlanAccountsAndPaidChannels : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<JsonDocument>(
                name: "conflict",
                table: "planning_runs",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "expected_click_rate",
                table: "campaigns",
                type: "double precision",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "account_id",
                table: "allocations",
                type: "uuid",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "conflict",
                table: "planning_runs");

            migrationBuilder.DropColumn(
                name: "expected_click_rate",
                table: "campaigns");

            migrationBuilder.DropColumn(
                name: "account_id",
                table: "allocations");
        }
    }
}
