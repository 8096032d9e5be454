package dev.wane.formats.config;

import dev.wane.formats.tree.Node;
import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import java.util.List;
import java.util.stream.Stream;

/** Files beside a configuration of which nothing was read. */
final class UnreadFiles {
    private UnreadFiles() {}

    /** GPT-NeoX merges its files, and some hold paths alone. */
    private static final String MERGED = "neox";

    /** The configuration with a finding for each of them; a launcher's and DeepSpeed's may say nothing of the recipe. */
    static ResolvedConfig in(ResolvedConfig config, Sources sources) {
        List<Finding> unread = sources.beside().stream()
                .filter(file -> !config.format().equals(MERGED))
                .filter(file -> !isKnown(new Lookup(file)) && !isUsed(file, config.resolution()))
                .map(UnreadFiles::finding)
                .toList();
        return unread.isEmpty()
                ? config
                : new ResolvedConfig(
                        config.format(),
                        config.recipe(),
                        config.resolution(),
                        config.context(),
                        Stream.concat(config.findings().stream(), unread.stream())
                                .toList());
    }

    private static boolean isKnown(Lookup file) {
        return AccelerateConfig.recognises(file) || DeepSpeedConfig.is(file) || file.has("lr0");
    }

    private static boolean isUsed(Node.Mapping file, Resolution resolution) {
        String name = file.position().file();
        return resolution.all().stream()
                .anyMatch(each -> each.origin() instanceof Origin.Written written
                        && written.position().file().equals(name));
    }

    private static Finding finding(Node.Mapping file) {
        return new Finding(
                "ignored-file",
                Severity.WARNING,
                "",
                "nothing was read from " + file.position().file()
                        + ": it is no file of accelerate or DeepSpeed, and this program's configuration is one file",
                "merge it into the configuration as the program does, or leave it out",
                "--with");
    }
}
