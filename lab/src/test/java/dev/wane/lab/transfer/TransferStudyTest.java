package dev.wane.lab.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.wane.engine.Measured;
import dev.wane.formats.experiment.Experiment;
import dev.wane.formats.experiment.ExperimentReader;
import dev.wane.formats.json.Json;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import dev.wane.lab.report.TransferReport;
import dev.wane.lab.run.LocalExecutor;
import dev.wane.lab.run.TrialListener;
import dev.wane.lab.stats.Verdict;
import dev.wane.lab.store.Store;
import dev.wane.lab.transfer.TransferResult.TargetResult;
import dev.wane.lab.trial.EngineTrialSpec;
import dev.wane.lab.trial.Specs;
import dev.wane.lab.trial.Tasks;
import dev.wane.lab.trial.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A world where the law holds by construction: error depends on the timescale in epochs alone, plus seed noise. */
class TransferStudyTest {
    private static final double BEST_EPOCHS = 4;
    private static final String TEXT = """
            name: synthetic
            task: {data: fashion-mnist, samples: 10000, validation: 10000}
            model: {norm: layer}
            base: {optimizer: adamw, learningRate: 1e-3, batchSize: 50, epochs: 20, schedule: cosine}
            tune: {weightDecay: {from: 0.1, to: 12.8, factor: 2}, extend: 2}
            targets:
              - {batchSize: 400, learningRateRule: constant}
              - {batchSize: 400, learningRateRule: sqrt}
            seeds: {tune: 2, confirm: 8}
            """;

    @TempDir
    Path folder;

    private final List<EngineTrialSpec> seen = Collections.synchronizedList(new ArrayList<>());

    @Test
    void theLawTransfersAndTheUnscaledValueDoesNot() {
        TransferResult result = study(TEXT);
        TargetResult constant = result.models().getFirst().targets().getFirst();

        assertThat(result.models().getFirst().optimum().weightDecay())
                .isCloseTo(lambda(1e-3, 50, BEST_EPOCHS), withinPercentage(15));
        assertThat(constant.optimum().weightDecay()).isCloseTo(lambda(1e-3, 400, BEST_EPOCHS), withinPercentage(15));
        assertThat(constant.unscaled().verdict()).isEqualTo(Verdict.DOES_NOT_TRANSFER);
        assertThat(constant.unscaled().regret().standsOut()).isTrue();
        assertThat(constant.headline().judgement().verdict()).isEqualTo(Verdict.TRANSFERS);
        assertThat(constant.headline().judgement().gapClosed(constant.unscaled()))
                .isCloseTo(1, within(0.1));
    }

    @Test
    void lawsWithNearlyEqualWeightDecayShareTheirRuns() {
        TargetResult sqrt = study(TEXT).models().getFirst().targets().get(1);

        assertThat(sqrt.planned())
                .extracting(entry -> entry.alternative().law().id())
                .containsExactly("constant-timescale", "retention", "independent");
        assertThat(sqrt.planned().get(0).judgement())
                .usingRecursiveComparison()
                .isEqualTo(sqrt.planned().get(1).judgement());
        assertThat(sqrt.planned().get(2).judgement().verdict()).isEqualTo(Verdict.DOES_NOT_TRANSFER);
    }

    @Test
    void tuningNeverReadsTheTestSetAndSharesNoSeedWithConfirmation() {
        study(TEXT);

        List<Long> tuning = seen.stream()
                .filter(spec -> !spec.task().test())
                .map(EngineTrialSpec::seed)
                .distinct()
                .toList();
        List<Long> confirming = seen.stream()
                .filter(spec -> spec.task().test())
                .map(EngineTrialSpec::seed)
                .distinct()
                .toList();
        assertThat(tuning).hasSize(2);
        assertThat(confirming).hasSize(8).doesNotContainAnyElementsOf(tuning);
    }

    @Test
    void aGridWhoseBestStandsAtItsEdgeGrowsAtMostAsOftenAsAllowed() {
        TransferResult grown = study(TEXT.replace("from: 0.1, to: 12.8", "from: 0.025, to: 0.8"));
        TransferResult stuck = study(TEXT.replace("from: 0.1, to: 12.8", "from: 0.001, to: 0.004"));

        assertThat(grown.models().getFirst().curve().points()).hasSize(8);
        assertThat(grown.models().getFirst().optimum().atEdge()).isFalse();
        assertThat(stuck.models().getFirst().curve().points()).hasSize(5);
        assertThat(stuck.models().getFirst().optimum().atEdge()).isTrue();
    }

    /** From the middle of its coarse grid to the best, and one λ beyond it on each side; no further. */
    @Test
    void aQuickSearchWalksToTheBest() {
        TransferResult quick = study(experiment(TEXT).quick(), true);
        TransferResult far =
                study(experiment(TEXT.replace("from: 0.1", "from: 0.0001")).quick(), true);

        assertThat(quick.models().getFirst().curve().points()).hasSize(3);
        assertThat(quick.models().getFirst().optimum().weightDecay())
                .isCloseTo(lambda(1e-3, 50, BEST_EPOCHS), withinPercentage(40));
        assertThat(far.models().getFirst().curve().points()).hasSizeBetween(4, 8);
        assertThat(far.models().getFirst().optimum().atEdge()).isFalse();
        assertThat(far.models().getFirst().optimum().weightDecay())
                .isCloseTo(lambda(1e-3, 50, BEST_EPOCHS), withinPercentage(40));
    }

    @Test
    void aQuickSearchWhereEverythingDivergesLooksAtSmallerWeightDecays() {
        TransferResult quick = study(
                experiment(TEXT.replace("learningRateRule: sqrt", "learningRate: 99"))
                        .quick(),
                true);

        assertThat(quick.models().getFirst().targets().get(1).curve().points()).hasSizeGreaterThan(2);
        assertThat(quick.models().getFirst().targets().get(1).curve().trained()).isFalse();
    }

    @Test
    void aSettingWhereEverythingDivergesIsAResultBesideTheOthers() throws IOException {
        TransferResult result = study(TEXT.replace("learningRateRule: sqrt", "learningRate: 99"));
        TargetResult broken = result.models().getFirst().targets().get(1);
        TransferReport.writeResult(result, folder);
        TransferReport.writePages(result, folder);

        assertThat(broken.curve().trained()).isFalse();
        assertThat(broken.unscaled().verdict()).isEqualTo(Verdict.UNRESOLVED);
        assertThat(new Figures(result.experiment().metric()).conclusion(broken)).contains("nothing can be compared");
        assertThat(result.noise()).isFinite();
        assertThat(result.models()
                        .getFirst()
                        .targets()
                        .getFirst()
                        .headline()
                        .judgement()
                        .verdict())
                .isEqualTo(Verdict.TRANSFERS);
        assertThat(Json.pretty(TransferJson.of(result))).contains("regrets are null");
    }

    @Test
    void theReportIsCompleteAndNeedsNoNetwork() throws IOException {
        TransferResult result = study(TEXT);
        TransferReport.writeResult(result, folder);
        TransferReport.writePages(result, folder);

        assertThat(folder.toFile().list())
                .contains(
                        "report.html",
                        "report.md",
                        "result.json",
                        "error-against-weight-decay.png",
                        "error-against-weight-decay.svg",
                        "error-against-timescale-dark.svg",
                        "training-curves.png");
        String html = Files.readString(folder.resolve("report.html"));
        assertThat(html).contains("does-not-transfer").doesNotContain("http://", "https://", "<script");
        assertThat(Files.readString(folder.resolve("report.md")))
                .contains("| unscaled |", "constant-timescale (recommended)");
        assertThat(Files.readString(folder.resolve("error-against-weight-decay.svg")))
                .contains("weight decay λ");
    }

    @Test
    void theJsonHasTheContractsKeys() {
        String json = Json.pretty(TransferJson.of(study(TEXT)));
        Node.Mapping root = (Node.Mapping) TreeReader.parse("r.json", json);

        assertThat(root.entries())
                .containsKeys("version", "experiment", "results", "margin", "noise", "trials", "seconds");
        Node.Mapping model = item(root, "results");
        assertThat(model.entries()).containsKeys("model", "applicability", "base", "targets");
        Node.Mapping optimum =
                (Node.Mapping) ((Node.Mapping) model.entries().get("base").value())
                        .entries()
                        .get("optimum")
                        .value();
        assertThat(optimum.entries()).containsKeys("weightDecay", "interval", "metric", "atEdge");
        Node.Mapping target = item(model, "targets");
        assertThat(target.entries()).containsKeys("target", "planned", "unscaled", "best");
        assertThat(item(target, "planned").entries())
                .containsKeys(
                        "law",
                        "recommended",
                        "weightDecay",
                        "metric",
                        "sd",
                        "regret",
                        "interval",
                        "gapClosed",
                        "verdict");
        assertThat(((Node.Mapping) target.entries().get("target").value()).entries())
                .containsKeys("batchSize", "learningRate");
    }

    @Test
    void theOutlineCountsWhatIsTrained() {
        Experiment experiment = experiment(TEXT);
        int expected = Outline.of(experiment, false).stages().stream()
                .mapToInt(Outline.Stage::trials)
                .sum();

        assertThat(study(TEXT).trials()).isBetween(expected - 12, expected + 12);
    }

    private TransferResult study(String text) {
        return study(experiment(text), false);
    }

    private TransferResult study(Experiment experiment, boolean quick) {
        Path file = folder.resolve("wane-" + Integer.toHexString(experiment.hashCode()) + quick + ".db");
        try (Store store = Store.open(file)) {
            LocalExecutor executor = new LocalExecutor(
                    store, (spec, cancelled) -> world((EngineTrialSpec) spec), 2, new AtomicBoolean());
            return new TransferStudy(experiment, quick, executor, store, TrialListener.NONE, Specs.PROVENANCE).run();
        }
    }

    private static Experiment experiment(String text) {
        return ExperimentReader.read(TreeReader.parse("e.yaml", text), Tasks.trainingSizes());
    }

    private TrialResult world(EngineTrialSpec spec) {
        seen.add(spec);
        EngineTrialSpec.Recipe recipe = spec.recipe();
        Long divergedAt = recipe.learningRate() > 1 ? Long.valueOf(1) : null;
        double x = Math.log(recipe.weightDecay() / lambda(recipe.learningRate(), recipe.batchSize(), BEST_EPOCHS))
                / Math.log(2);
        double noise = 0.001 * new Random(spec.seed()).nextGaussian()
                + 0.0003 * new Random(spec.id().hashCode()).nextGaussian();
        double error = 0.13 + 0.002 * x * x + noise;
        Map<String, Double> metrics =
                Map.of("validation.error", error, "test.error", error, "test.nll", error, "test.calibratedNll", error);
        return new TrialResult(
                spec.id(),
                divergedAt,
                divergedAt == null ? metrics : Map.of(),
                List.of(
                        new Measured("loss", 0, 2.3), new Measured("loss", 50, 0.5),
                        new Measured("weightRms.matrix", 0, 0.05), new Measured("weightRms.matrix", 50, 0.02)),
                0,
                Specs.PROVENANCE);
    }

    private static double lambda(double learningRate, double batchSize, double epochs) {
        return batchSize / (10_000 * learningRate * epochs);
    }

    private static Node.Mapping item(Node.Mapping parent, String key) {
        return (Node.Mapping)
                ((Node.Sequence) parent.entries().get(key).value()).items().getFirst();
    }
}
