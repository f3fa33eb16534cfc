<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>RunCost</name>
    <message numerus="yes">
        <source>%n minute(s) billed</source>
        <translation>
            <numerusform>%n minute billed</numerusform>
            <numerusform>%n minutes billed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::BuildDialog</name>
    <message numerus="yes">
        <source>%n platform(s) will run under QEMU, which is several times slower. A native node avoids that.</source>
        <translation>
            <numerusform>%n platform will run under QEMU, which is several times slower. A native node avoids that.</numerusform>
            <numerusform>%n platforms will run under QEMU, which is several times slower. A native node avoids that.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Usually adds %1 to the builder&apos;s disk, at most %2 (from %n earlier build(s)).</source>
        <translation>
            <numerusform>Usually adds %1 to the builder&apos;s disk, at most %2 (from %n earlier build).</numerusform>
            <numerusform>Usually adds %1 to the builder&apos;s disk, at most %2 (from %n earlier builds).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::BuildHeader</name>
    <message numerus="yes">
        <source>builder %1 · %n nodes</source>
        <translation>
            <numerusform>builder %1 · %n node</numerusform>
            <numerusform>builder %1 · %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>From %n earlier build(s) of this target on this builder.</source>
        <translation>
            <numerusform>From %n earlier build of this target on this builder.</numerusform>
            <numerusform>From %n earlier builds of this target on this builder.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::BuildListDelegate</name>
    <message numerus="yes">
        <source>Bake of %n build(s)</source>
        <translation>
            <numerusform>Bake of %n build</numerusform>
            <numerusform>Bake of %n builds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>bake · %n build(s)</source>
        <translation>
            <numerusform>bake · %n build</numerusform>
            <numerusform>bake · %n builds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::BuildListModel</name>
    <message numerus="yes">
        <source>%n platform(s)</source>
        <translation>
            <numerusform>%n platform</numerusform>
            <numerusform>%n platforms</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>bake of %n build(s)</source>
        <translation>
            <numerusform>bake of %n build</numerusform>
            <numerusform>bake of %n builds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::BuildListPanel</name>
    <message numerus="yes">
        <source>The name, builder, tag, platform, error and reference of %n build(s) were searched for “%1”.</source>
        <translation>
            <numerusform>The name, builder, tag, platform, error and reference of %n build were searched for “%1”.</numerusform>
            <numerusform>The name, builder, tag, platform, error and reference of %n builds were searched for “%1”.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::BuildSetup</name>
    <message numerus="yes">
        <source>%n of Layerline&apos;s build(s) run on %1: this one waits until fewer than %2 do.</source>
        <translation>
            <numerusform>%n of Layerline&apos;s builds runs on %1: this one waits until fewer than %2 do.</numerusform>
            <numerusform>%n of Layerline&apos;s builds run on %1: this one waits until fewer than %2 do.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::BuilderActions</name>
    <message numerus="yes">
        <source>%1 (%n)</source>
        <translation>
            <numerusform>%1 (%n)</numerusform>
            <numerusform>%1 (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) go, %1 in all.</source>
        <translation>
            <numerusform>%n record goes, %1 in all.</numerusform>
            <numerusform>%n records go, %1 in all.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) of %1 stay: what a running build needs, and what was not asked for.</source>
        <translation>
            <numerusform>%n record of %1 stays: what a running build needs, and what was not asked for.</numerusform>
            <numerusform>%n records of %1 stay: what a running build needs, and what was not asked for.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) have not said what they hold; what they have to give comes on top.</source>
        <translation>
            <numerusform>%n node has not said what it holds; what it has to give comes on top.</numerusform>
            <numerusform>%n nodes have not said what they hold; what they have to give comes on top.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::BuilderCard</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n build(s) running</source>
        <translation>
            <numerusform>%n build running</numerusform>
            <numerusform>%n builds running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::BuildersPage</name>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n live</source>
        <translation>
            <numerusform>%n live</numerusform>
            <numerusform>%n live</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with a problem</source>
        <translation>
            <numerusform>%n with a problem</numerusform>
            <numerusform>%n with a problem</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::CachesDialog</name>
    <message numerus="yes">
        <source>%1 of %2 used by %n entries.</source>
        <translation>
            <numerusform>%1 of %2 used by %n entry.</numerusform>
            <numerusform>%1 of %2 used by %n entries.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 used by %n entries.</source>
        <translation>
            <numerusform>%1 used by %n entry.</numerusform>
            <numerusform>%1 used by %n entries.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n entries of the cache scope “%1”? The next build of it starts without a cache. This can&apos;t be undone.</source>
        <translation>
            <numerusform>Delete %n entry of the cache scope “%1”? The next build of it starts without a cache. This can&apos;t be undone.</numerusform>
            <numerusform>Delete %n entries of the cache scope “%1”? The next build of it starts without a cache. This can&apos;t be undone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n entries</source>
        <translation>
            <numerusform>Delete %n entry</numerusform>
            <numerusform>Delete %n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Its entries show it: %n time(s) one revision was replaced within half an hour.</source>
        <translation>
            <numerusform>Its entry show it: %n time one revision was replaced within half an hour.</numerusform>
            <numerusform>Its entries show it: %n times one revision was replaced within half an hour.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>live, %n stale</source>
        <translation>
            <numerusform>live, %n stale</numerusform>
            <numerusform>live, %n stale</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::CleanUpForm</name>
    <message numerus="yes">
        <source>not used for %n day(s)</source>
        <translation>
            <numerusform>not used for %n day</numerusform>
            <numerusform>not used for %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::DiskUseView</name>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n record</numerusform>
            <numerusform>%n records</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::ErrorDialog</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::JobQueue</name>
    <message numerus="yes">
        <source>%n build(s) waiting</source>
        <translation>
            <numerusform>%n build waiting</numerusform>
            <numerusform>%n builds waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::LayersTable</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::LogSearchBar</name>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n match</numerusform>
            <numerusform>%n matches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>On %n line(s) the pattern took too long to decide.</source>
        <translation>
            <numerusform>On %n line the pattern took too long to decide.</numerusform>
            <numerusform>On %n lines the pattern took too long to decide.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::MoveTagDialog</name>
    <message numerus="yes">
        <source>the %L1 bytes the registry has under that digest</source>
        <translation>
            <numerusform>the %L1 bytes the registry has under that digest</numerusform>
            <numerusform>the %L1 bytes the registry has under that digest</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::PipelinesPage</name>
    <message numerus="yes">
        <source>The token lacks %n permission(s)</source>
        <translation>
            <numerusform>The token lacks %n permission</numerusform>
            <numerusform>The token lacks %n permissions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::PlatformTable</name>
    <message numerus="yes">
        <source>The median of %n earlier build(s) of the same target</source>
        <translation>
            <numerusform>The median of %n earlier build of the same target</numerusform>
            <numerusform>The median of %n earlier builds of the same target</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::ReleasesModel</name>
    <message numerus="yes">
        <source>With %n attestation(s)</source>
        <translation>
            <numerusform>With %n attestation</numerusform>
            <numerusform>With %n attestations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s)</source>
        <translation>
            <numerusform>%n month</numerusform>
            <numerusform>%n months</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::ReleasesPage</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::RunNotices</name>
    <message numerus="yes">
        <source>%1 alone failed in the last %n run(s). Built with QEMU it may get through.</source>
        <translation>
            <numerusform>%1 alone failed in the last %n run. Built with QEMU it may get through.</numerusform>
            <numerusform>%1 alone failed in the last %n runs. Built with QEMU it may get through.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::SettingsHistory</name>
    <message numerus="yes">
        <source>Kept now: %n build(s), %1.</source>
        <translation>
            <numerusform>Kept now: %n build, %1.</numerusform>
            <numerusform>Kept now: %n builds, %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n build(s)</source>
        <translation>
            <numerusform>%n build</numerusform>
            <numerusform>%n builds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::SettingsRepositories</name>
    <message numerus="yes">
        <source>%n run(s) under way</source>
        <translation>
            <numerusform>%n run under way</numerusform>
            <numerusform>%n runs under way</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::StepInspector</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::TimelineHoverCard</name>
    <message numerus="yes">
        <source>%n input(s)</source>
        <translation>
            <numerusform>%n input</numerusform>
            <numerusform>%n inputs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) need it</source>
        <translation>
            <numerusform>%n step needs it</numerusform>
            <numerusform>%n steps need it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) shown as one</source>
        <translation>
            <numerusform>%n step shown as one</numerusform>
            <numerusform>%n steps shown as one</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::TimelineView</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n step</numerusform>
            <numerusform>%n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) more</source>
        <translation>
            <numerusform>%n step more</numerusform>
            <numerusform>%n steps more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n step(s)</source>
        <translation>
            <numerusform>%1, %n step</numerusform>
            <numerusform>%1, %n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::WatchedImagesModel</name>
    <message numerus="yes">
        <source>%n tag(s), nothing missing</source>
        <translation>
            <numerusform>%n tag, nothing missing</numerusform>
            <numerusform>%n tags, nothing missing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 is missing in %n tag(s)</source>
        <translation>
            <numerusform>%1 is missing in %n tag</numerusform>
            <numerusform>%1 is missing in %n tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 is not what was built in %n tag(s)</source>
        <translation>
            <numerusform>%1 is not what was built in %n tag</numerusform>
            <numerusform>%1 is not what was built in %n tags</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::Words</name>
    <message numerus="yes">
        <source>%1 (%n time(s))</source>
        <translation>
            <numerusform>%1 (%n time)</numerusform>
            <numerusform>%1 (%n times)</numerusform>
        </translation>
    </message>
</context>
</TS>
