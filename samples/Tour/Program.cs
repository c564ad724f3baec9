await ContextVars.Tour.Sections.RunAsync(Console.Out);
