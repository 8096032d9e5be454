package dev.wane.cli;

import dev.wane.formats.experiment.Experiment;
import dev.wane.lab.transfer.Outline;
import java.util.ArrayList;
import java.util.List;

/** What a dry run prints. */
final class OutlineText {
    private OutlineText() {}

    static String of(Experiment experiment, Outline outline) {
        List<String> lines = new ArrayList<>();
        lines.add(experiment.name() + ": " + experiment.models().size() + " models × "
                + experiment.targets().size() + " targets, "
                + experiment.seeds().tune() + " tuning and "
                + experiment.seeds().confirm() + " confirmation seeds");
        outline.stages()
                .forEach(stage -> lines.add(String.format("  %-36s about %4d trials", stage.name(), stage.trials())));
        lines.add("nothing was trained");
        return String.join("\n", lines);
    }
}
