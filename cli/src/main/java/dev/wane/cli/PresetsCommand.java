package dev.wane.cli;

import dev.wane.explain.ExplainedGroup;
import dev.wane.formats.json.Json;
import dev.wane.formats.json.PresetsJson;
import dev.wane.formats.preset.Preset;
import dev.wane.formats.preset.Presets;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The published recipes. */
@Command(
        name = "presets",
        mixinStandardHelpOptions = true,
        description = "Lists published recipes; each can be the base of any verb by --preset.",
        footer = {"", "Example:", "  wane plan --preset resnet50-imagenet --target batch-size=2048"})
final class PresetsCommand implements Callable<Integer> {
    private static final String ROW = "%-24s %-10s %-10s %-19s %-12s %-9s %s";

    @Mixin
    OutputOptions output = new OutputOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<Preset> presets = Presets.all();
        if (output.json) {
            out.println(Json.pretty(PresetsJson.of(presets)));
            return ExitCode.SUCCESS;
        }
        out.println(output.style()
                .bold(String.format(ROW, "preset", "lr", "λ", "convention", "τ (epochs)", "verdict", "what")));
        presets.forEach(preset -> out.println(line(preset)));
        return ExitCode.SUCCESS;
    }

    private static String line(Preset preset) {
        ExplainedGroup group = ExplainedGroup.of(preset.id(), preset.recipe());
        return String.format(
                ROW,
                preset.id(),
                Numbers.of(group.learningRate()),
                Numbers.of(group.weightDecay()),
                group.convention().id(),
                Numbers.of(group.timescale().epochs()),
                group.verdict().id(),
                preset.title() + (preset.checked() ? "" : " (unchecked)"));
    }
}
