package dev.wane.cli;

import dev.wane.formats.probe.ProbeScript;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Hands out the probe. */
@Command(
        name = "probe",
        mixinStandardHelpOptions = true,
        description = {
            "Prints or writes one file for a PyTorch or JAX script that writes down what its optimizer really has.",
            "wane groups, diff and watch read what it writes."
        },
        footer = {"", "Examples:", "  wane probe wane_probe.py", "  wane probe --framework optax wane_probe_optax.py"})
final class ProbeCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Where to write it. Default: standard output.")
    @Nullable
    Path file;

    @Option(
            names = "--framework",
            paramLabel = "NAME",
            description = "torch or optax. Default: ${DEFAULT-VALUE}.",
            defaultValue = "torch")
    ProbeScript script = ProbeScript.TORCH;

    @Option(names = "--force", description = "Replace a file that is there.")
    boolean force;

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (file == null) {
            out.print(script.text());
            out.flush();
        } else {
            write(file);
            out.println(script.use());
        }
        return ExitCode.SUCCESS;
    }

    private void write(Path to) {
        try {
            Files.writeString(
                    to,
                    script.text(),
                    force ? StandardOpenOption.CREATE : StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE,
                    force ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw problem(to + " is there; --force replaces it");
        } catch (IOException e) {
            throw problem(to + " cannot be written: " + e);
        }
    }

    private static InputException problem(String message) {
        return new InputException(List.of(new Problem(Position.option(), message)));
    }
}
