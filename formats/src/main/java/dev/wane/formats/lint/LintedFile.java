package dev.wane.formats.lint;

import dev.wane.explain.ExplainedGroup;
import dev.wane.formats.config.ResolvedConfig;
import java.util.List;

/**
 * A file that was looked at.
 *
 * @param file as the user named it
 * @param groups figures of what is trained; empty where the optimizer is not known
 * @param findings in the order of the rules
 */
public record LintedFile(
        String file, ResolvedConfig config, List<ExplainedGroup> groups, List<PlacedFinding> findings) {
    public LintedFile {
        groups = List.copyOf(groups);
        findings = List.copyOf(findings);
    }

    /** The same file with some of its findings. */
    public LintedFile with(List<PlacedFinding> kept) {
        return new LintedFile(file, config, groups, kept);
    }
}
