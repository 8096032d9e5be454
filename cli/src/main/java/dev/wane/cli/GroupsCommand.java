package dev.wane.cli;

import dev.wane.formats.json.GroupsJson;
import dev.wane.formats.json.Json;
import dev.wane.formats.model.GoldenMap;
import dev.wane.formats.model.GroupsCode;
import dev.wane.formats.model.ModelReader;
import dev.wane.formats.model.RegexPolicy;
import dev.wane.formats.probe.AsTrained;
import dev.wane.formats.probe.ProbeReader;
import dev.wane.formats.probe.ProbedModel;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.NearestName;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problem;
import dev.wane.groups.DecayMap;
import dev.wane.groups.GroupPolicy;
import dev.wane.groups.KnownModel;
import dev.wane.groups.TrainerPolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What of a model is decayed, and by whose rule. */
@Command(
        name = "groups",
        mixinStandardHelpOptions = true,
        description = "Shows which parameters of a model are decayed: by Wane's rule, or as a trainer groups them.",
        footer = {"", "Example:", "  wane groups model.safetensors.index.json --policy hf-trainer"})
final class GroupsCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "MODEL",
            description =
                    "safetensors, a folder or index of them, ONNX, npz, a PyTorch state_dict, a list of names, or a probe's file.")
    Path model = Path.of("");

    @Option(
            names = "--policy",
            paramLabel = "NAME|FILE",
            description = "default, torch-1d, hf-trainer, nanogpt, timm, deepspeed, none, or a file of expressions."
                    + " Default: default; for a probe, the groups that its optimizer has.")
    @Nullable
    String policy;

    @Option(names = "--write", paramLabel = "FILE", description = "Writes the map, to be checked later.")
    @Nullable
    Path write;

    @Option(names = "--check", paramLabel = "FILE", description = "Exit 1 where the map differs from that file.")
    @Nullable
    Path check;

    @Option(names = "--all", description = "Every parameter on its own line.")
    boolean all;

    @Option(names = "--emit", paramLabel = "code", description = "code: PyTorch parameter groups.")
    @Nullable
    Emit emit;

    @Mixin
    OutputOptions output = new OutputOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    enum Emit {
        CODE
    }

    @Override
    public Integer call() {
        if (write != null && check != null) {
            throw problem("give --write or --check, not both");
        }
        DecayMap map = DecayMap.of(ModelReader.read(model), policy());
        if (check != null) {
            return compare(check, map);
        }
        if (write != null) {
            write(write, map);
        }
        print(map);
        leftOut();
        return ExitCode.SUCCESS;
    }

    /** What a running optimizer does not hold. */
    private void leftOut() {
        if (ProbeReader.is(model) && !output.quiet) {
            List<String> leftOut = ProbeReader.read(model).leftOut();
            if (!leftOut.isEmpty()) {
                Objects.requireNonNull(spec)
                        .commandLine()
                        .getErr()
                        .println("in no group, and never trained: " + String.join(", ", leftOut));
            }
        }
    }

    private void print(DecayMap map) {
        if (output.json) {
            out().println(Json.pretty(GroupsJson.of(map, known(map))));
        } else if (emit == Emit.CODE) {
            out().print(GroupsCode.of(map));
            out().flush();
        } else {
            out().println(GroupsText.of(map, known(map), all, output.style()));
        }
    }

    private KnownModel known(DecayMap map) {
        return ProbeReader.is(model) ? ProbedModel.of(ProbeReader.read(model)) : KnownModel.of(map);
    }

    private int compare(Path golden, DecayMap map) {
        List<String> differences = GoldenMap.differences(golden, map);
        if (output.json) {
            out().println(Json.pretty(GroupsJson.checked(map, known(map), golden, differences)));
        } else {
            print(golden, differences);
        }
        return differences.isEmpty() ? ExitCode.SUCCESS : ExitCode.CHECK_FAILED;
    }

    private void print(Path golden, List<String> differences) {
        if (differences.isEmpty()) {
            out().println("the decay map is that of " + golden);
            return;
        }
        out().println("the decay map differs from " + golden + ":");
        differences.forEach(line -> out().println(
                        line.startsWith("-")
                                ? output.style().bad(line)
                                : output.style().good(line)));
    }

    private static void write(Path file, DecayMap map) {
        try {
            GoldenMap.write(file, map);
        } catch (IOException e) {
            throw problem("the decay map cannot be written: " + e);
        }
    }

    private GroupPolicy policy() {
        if (policy == null && ProbeReader.is(model)) {
            return AsTrained.of(ProbeReader.read(model));
        }
        return named(policy == null ? TrainerPolicy.DEFAULT.id() : policy);
    }

    private static GroupPolicy named(String policy) {
        if (TrainerPolicy.of(policy).isPresent()) {
            return TrainerPolicy.of(policy).get();
        }
        if (Files.exists(Path.of(policy))) {
            return RegexPolicy.read(Path.of(policy));
        }
        List<String> names =
                Arrays.stream(TrainerPolicy.values()).map(TrainerPolicy::id).toList();
        throw problem("unknown policy '" + policy + "', and no such file; did you mean '"
                + NearestName.of(policy, names) + "'? Valid: " + String.join(", ", names));
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private static InputException problem(String message) {
        return new InputException(List.of(new Problem(Position.option(), message)));
    }
}
