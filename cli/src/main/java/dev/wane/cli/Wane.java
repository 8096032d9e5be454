package dev.wane.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "wane",
        description = {
            "Weight decay that transfers: says what a weight decay really does, what it must become,",
            "and proves it by training."
        },
        subcommands = {
            ExplainCommand.class,
            PlanCommand.class,
            ConvertCommand.class,
            LintCommand.class,
            GroupsCommand.class,
            DiffCommand.class,
            ApplyCommand.class,
            FrameworksCommand.class,
            PresetsCommand.class,
            ConformCommand.class,
            TrainCommand.class,
            SweepCommand.class,
            TransferCommand.class,
            ImportRunsCommand.class,
            ReportCommand.class,
            ProbeCommand.class,
            WatchCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Wane.Version.class,
        synopsisSubcommandLabel = "VERB",
        footer = {
            "",
            "Examples:",
            "  wane explain --optimizer adamw --lr 1e-3 --weight-decay 0.1 --batch-size 128 \\",
            "      --dataset-size 50000 --epochs 100 --schedule cosine",
            "  wane plan examples/recipe.yaml --target batch-size=1024",
            "  wane lint train.yaml --with ds_zero3.json --world-size 16",
            "  wane groups model.safetensors --policy hf-trainer",
            "  wane diff checkpoint.pt train.yaml",
            "  wane frameworks keras",
            "  wane transfer examples/fashion-batch.yaml",
            "  wane report --optimum sweep.csv --metric val_loss"
        })
public final class Wane {
    private Wane() {}

    public static void main(String[] arguments) {
        System.exit(run(
                arguments,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
    }

    /** Runs one verb and returns its exit code. */
    static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new Wane());
        line.setOut(out);
        line.setErr(err);
        line.setExecutionExceptionHandler(new Failures());
        line.setParameterExceptionHandler(Failures::usage);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        try {
            return arguments.length == 0 ? usage(line) : line.execute(arguments);
        } catch (LinkageError e) {
            err.println("wane: the native library cannot be loaded on this machine: " + e);
        } catch (OutOfMemoryError | StackOverflowError e) {
            err.println("wane: out of memory: " + e);
        }
        return ExitCode.INCOMPLETE;
    }

    private static int usage(CommandLine line) {
        line.usage(line.getErr());
        return ExitCode.USAGE;
    }

    /** The version of the jar that holds this class. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"wane " + text()};
        }

        static String text() {
            String version = Wane.class.getPackage().getImplementationVersion();
            return version == null ? "development" : version;
        }
    }
}
