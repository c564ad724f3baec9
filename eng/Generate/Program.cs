using Generate;

string root = RepositoryRoot();
foreach ((string path, string text) in GeneratedFiles.All(root))
{
    Write(path, file => File.WriteAllText(file, text));
}

Write("src/Package/icon.png", file => File.WriteAllBytes(file, Icon.Draw()));

void Write(string path, Action<string> write)
{
    string file = Path.Combine(root, path);
    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
    write(file);
    Console.WriteLine(path);
}

static string RepositoryRoot()
{
    DirectoryInfo? directory = new(Environment.CurrentDirectory);
    while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "ContextAnalyzers.sln")))
    {
        directory = directory.Parent;
    }

    return directory?.FullName ?? throw new InvalidOperationException("Run this inside the repository.");
}
