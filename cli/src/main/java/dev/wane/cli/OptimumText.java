package dev.wane.cli;

import dev.wane.lab.past.OptimumWords;
import dev.wane.lab.past.SettingFindings;
import dev.wane.lab.past.SweepFindings;
import dev.wane.lab.past.TimescaleFit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What past runs say, for the terminal. */
final class OptimumText {
    private static final int MOST_SETTINGS = 12;
    private static final int MOST_DIMENSIONS = 12;

    private final List<String> lines = new ArrayList<>();
    private final SweepFindings findings;
    private final Style style;

    private OptimumText(SweepFindings findings, Style style) {
        this.findings = findings;
        this.style = style;
    }

    static String of(SweepFindings findings, Style style) {
        OptimumText text = new OptimumText(findings, style);
        text.lines.add(findings.source() + ": " + OptimumWords.counts(findings));
        text.lines.add("judged by " + findings.metric().name() + ", "
                + (findings.metric().larger() ? "larger" : "smaller") + " is better");
        findings.settings().stream().limit(MOST_SETTINGS).forEach(text::setting);
        text.more(findings.settings().size() - MOST_SETTINGS);
        text.dimensions();
        findings.notes().forEach(note -> text.lines.add("note: " + note));
        return String.join("\n", text.lines);
    }

    private void setting(SettingFindings setting) {
        lines.add("");
        lines.add(style.bold(setting.label()) + "  (" + setting.places().length + " runs)");
        lines.add("  " + OptimumWords.best(setting));
        if (setting.hasOptimum()) {
            TimescaleFit fit = Objects.requireNonNull(setting.fit());
            OptimumWords.factors()
                    .forEach(factor -> lines.add("  "
                            + OptimumWords.cost(
                                    fit.cost(factor), findings.metric().name())));
        }
        if (setting.confounded()) {
            lines.add("  learning rate and timescale went together: whose effect this is cannot be told");
        }
        if (!setting.next().isEmpty()) {
            lines.add("  next, what would tell most:");
        }
        setting.next().forEach(run -> lines.add("    " + OptimumWords.next(run, setting)));
    }

    private void dimensions() {
        if (!findings.dimensions().isEmpty()) {
            lines.add("");
            lines.add(style.bold("at equal timescale"));
            findings.dimensions().stream()
                    .limit(MOST_DIMENSIONS)
                    .map(OptimumWords::dimension)
                    .forEach(line -> lines.add("  " + line));
            more(findings.dimensions().size() - MOST_DIMENSIONS);
        }
    }

    private void more(int count) {
        if (count > 0) {
            lines.add("  … and " + count + " more; --json has them all");
        }
    }
}
