# Ubuntu's libstdc++ knows what TorchSharp's native library asks for, so the image needs none of the loader step (docs/decisions/0008).
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Api/Api.csproj -c Release -o /app/api \
 && dotnet publish migrations/Migrations.csproj -c Release -o /app/migrations

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble
# libgomp is libtorch's thread pool; fonts draw the labels of the report's plots.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libgomp1 fontconfig fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/*
COPY --from=build /app /app
# A waiting torch thread must not burn the core that another process wants.
ENV OMP_WAIT_POLICY=PASSIVE ASPNETCORE_URLS=http://+:8080
USER app
EXPOSE 8080
ENTRYPOINT ["dotnet", "/app/api/Noah.Api.dll"]
