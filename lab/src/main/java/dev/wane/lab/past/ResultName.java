package dev.wane.lab.past;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether a column of a table is what a run gave, not what it was given: tables hold both side by side. */
final class ResultName {
    private static final Set<String> LAST = Set.of(
            "loss",
            "acc",
            "accuracy",
            "error",
            "err",
            "f1",
            "auc",
            "auroc",
            "precision",
            "recall",
            "perplexity",
            "ppl",
            "bleu",
            "rouge",
            "score",
            "iou",
            "miou",
            "mse",
            "mae",
            "rmse",
            "reward",
            "runtime",
            "duration",
            "seconds",
            "elapsed",
            "timestamp",
            "acc1",
            "acc5",
            "top1",
            "top5");
    private static final Set<String> BEST = Set.of("best", "final", "last", "min", "max", "mean", "avg", "std");

    private ResultName() {}

    /** By its last word: {@code train_loss} and {@code val/acc best} are results, {@code loss_weight} is none. */
    static boolean is(String name) {
        List<String> words = Arrays.stream(name.replaceAll("([a-z])([A-Z])", "$1 $2")
                        .toLowerCase(Locale.ROOT)
                        .split("[^a-z0-9]+"))
                .filter(word -> !word.isEmpty() && !BEST.contains(word))
                .toList();
        return !words.isEmpty() && LAST.contains(words.getLast());
    }
}
