package dev.wane.cli;

import dev.wane.law.SizeRule;
import dev.wane.plan.Alternative;
import dev.wane.plan.CriticalBatch;
import dev.wane.plan.Derivation;
import dev.wane.plan.Plan;
import dev.wane.recipe.Betas;
import dev.wane.recipe.ModelEma;
import dev.wane.schedule.WeightDecaySchedule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan for people. */
final class PlanText {
    private final Plan plan;
    private final Style style;
    private final List<String> lines = new ArrayList<>();

    private PlanText(Plan plan, Style style) {
        this.plan = plan;
        this.style = style;
    }

    static String of(Plan plan, List<Alternative> shown, boolean explain, Style style) {
        PlanText text = new PlanText(plan, style);
        text.head(explain);
        shown.stream().filter(PlanText::applies).forEach(alternative -> text.answer(alternative, explain));
        shown.stream().filter(alternative -> !applies(alternative)).forEach(text::silence);
        text.foot(shown);
        return String.join("\n", text.lines);
    }

    private static boolean applies(Alternative alternative) {
        return alternative.applicability().applicable();
    }

    private void head(boolean explain) {
        lines.add(style.bold("from " + plan.base().optimizer() + ", learning rate "
                + number(plan.base().learningRate()) + ", weight decay "
                + number(plan.base().weightDecay()) + " ("
                + plan.base().convention().id() + ")"));
        lines.add(style.bold("to   " + plan.target().optimizer()
                + (plan.target().batchSize() == null
                        ? ""
                        : ", batch size "
                                + BigDecimal.valueOf(plan.target().batchSize())
                                        .stripTrailingZeros()
                                        .toPlainString())
                + modelEma(plan.target().modelEma())));
        if (explain) {
            Derivation.start(plan).forEach(step -> lines.add("     " + step));
        }
        lines.add("");
        lines.add(String.format("  %-20s %-12s %-12s %-12s %s", "law", "lr", "λ", "τ (epochs)", "keeps"));
    }

    private static String modelEma(@Nullable ModelEma average) {
        return average == null ? "" : ", model average " + Numbers.of(average.momentum()) + " (unchecked)";
    }

    private void answer(Alternative alternative, boolean explain) {
        lines.add(String.format(
                "%s %-20s %-12s %-12s %-12s %s",
                alternative.recommended() ? "*" : " ",
                alternative.law().id(),
                number(alternative.learningRate()),
                number(alternative.weightDecay()),
                number(alternative.timescale().epochs()),
                alternative.law().keeps()));
        prescribed(alternative);
        if (explain) {
            Derivation.of(plan, alternative).forEach(step -> lines.add("      " + step));
            lines.add("      source: " + alternative.law().source() + "; stated for "
                    + alternative.law().validity());
        }
    }

    /** A law that sets betas or ε too is another law without them. */
    private void prescribed(Alternative alternative) {
        Betas betas = alternative.prescription().betas();
        boolean moved = !betas.equals(plan.target().betas())
                || alternative.prescription().epsilon() != plan.target().epsilon();
        if (moved) {
            lines.add(style.faint("                       with betas " + Numbers.of(betas.first()) + ", "
                    + Numbers.of(betas.second()) + " and eps "
                    + Numbers.of(alternative.prescription().epsilon())));
        }
    }

    /** Where a λ that moves ends, for each answer. */
    private void moving(List<Alternative> shown) {
        WeightDecaySchedule schedule = plan.target().weightDecaySchedule();
        if (schedule.isConstant()) {
            return;
        }
        String ends = shown.stream()
                .filter(PlanText::applies)
                .map(alternative ->
                        alternative.law().id() + " " + Numbers.of(alternative.weightDecay() * schedule.end()))
                .collect(Collectors.joining(", "));
        lines.add("λ above is where it starts; it moves (" + schedule.kind().id() + ") to " + Numbers.of(schedule.end())
                + " times that: " + ends);
    }

    /** Published learning rates and batches for this size and data; their λ is that of power-lines. */
    private void references() {
        Double parameters = plan.target().modelSize().parameters();
        double tokens = plan.target().tokensSeen();
        if (parameters == null || Double.isNaN(tokens)) {
            return;
        }
        lines.add("published learning rates and batches for this size and data, λ by power-lines:");
        for (SizeRule rule : SizeRule.values()) {
            lines.add(style.faint("  " + rule.id() + ": lr " + Numbers.of(rule.learningRate(parameters, tokens))
                    + ", batch " + Numbers.of(rule.batchTokens(parameters, tokens)) + " tokens, weight decay "
                    + Numbers.of(rule.weightDecay(parameters, tokens)) + ", " + rule.source() + "; stated for "
                    + rule.validity()));
        }
        lines.add(style.faint("  power-lines: batch " + Numbers.of(2048 * CriticalBatch.powerLinesBestSequences(tokens))
                + " tokens, arXiv:2505.13738"));
    }

    private void silence(Alternative alternative) {
        lines.add(style.faint(String.format(
                "  %-20s %s",
                alternative.law().id(),
                "does not apply: " + alternative.applicability().reason())));
    }

    private void foot(List<Alternative> shown) {
        lines.add("");
        lines.add(plan.recommended()
                .map(alternative -> (shown.contains(alternative) ? "* recommended: " : "recommended instead: ")
                        + alternative.law().id() + ", " + alternative.law().source() + ", stated for "
                        + alternative.law().validity())
                .orElse("no rule is recommended for this change: the answers above disagree, or none is known"));
        plan.spread()
                .filter(spread -> spread.max() > spread.min() * (1 + 1e-9))
                .ifPresent(spread -> lines.add("published answers at this learning rate range from λ "
                        + Numbers.of(spread.min()) + " to " + Numbers.of(spread.max())
                        + " (in torch's convention; a range, not an uncertainty)"));
        moving(shown);
        references();
        plan.warnings().forEach(warning -> lines.add(style.faint("warning: " + warning)));
    }

    private static String number(@Nullable Double value) {
        return value == null ? "unknown" : Numbers.of(value);
    }
}
