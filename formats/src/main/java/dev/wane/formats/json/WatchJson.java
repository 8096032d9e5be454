package dev.wane.formats.json;

import dev.wane.groups.KnownModel;
import dev.wane.watch.Diagnosis;
import dev.wane.watch.Trace;
import dev.wane.watch.WatchedRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a log shows, as JSON. */
public final class WatchJson {
    private WatchJson() {}

    public static Map<String, @Nullable Object> of(WatchedRun run, List<Diagnosis> diagnoses) {
        return Json.object(
                "version", 1,
                "source", run.source(),
                "step", run.lastStep(),
                "plannedSteps", run.plannedSteps() == 0 ? null : run.plannedSteps(),
                "recipe", run.recipe() == null ? null : RecipeJson.of(run.recipe()),
                "now",
                        Json.object(
                                "learningRate", last(run.learningRate()),
                                "weightDecay", Double.isNaN(run.lambda()) ? null : run.lambda(),
                                "trainLoss", last(run.trainLoss()),
                                "heldOutLoss", last(run.heldOutLoss()),
                                "gradientNorm", last(run.gradientNorm())),
                "parameters", run.parameters().size(),
                "restarts", run.restarts(),
                "applicability", run.model().map(KnownModel::applicability).orElse(null),
                "start",
                        run.model()
                                .flatMap(KnownModel::start)
                                .map(GroupsJson::start)
                                .orElse(null),
                "diagnoses", diagnoses.stream().map(WatchJson::diagnosis).toList());
    }

    private static @Nullable Double last(Optional<Trace> trace) {
        return trace.filter(each -> !each.isEmpty())
                .map(each -> each.last().value())
                .orElse(null);
    }

    private static Map<String, @Nullable Object> diagnosis(Diagnosis diagnosis) {
        return Json.object(
                "id", diagnosis.id(),
                "severity", diagnosis.severity().id(),
                "evidence", diagnosis.evidence(),
                "threshold", diagnosis.threshold(),
                "firstStep", diagnosis.firstStep(),
                "remedy", diagnosis.remedy(),
                "source", diagnosis.source());
    }
}
