<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>BuildStatus</name>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>connection lost</source>
        <translation>连接中断</translation>
    </message>
</context>
<context>
    <name>DetailsModel</name>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>connection lost</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>live BuildKit</source>
        <translation>BuildKit 实时</translation>
    </message>
    <message>
        <source>build record (.dockerbuild)</source>
        <translation>构建记录（.dockerbuild）</translation>
    </message>
    <message>
        <source>rawjson progress (the client&apos;s view)</source>
        <translation>rawjson 进度（客户端视角）</translation>
    </message>
    <message>
        <source>plain progress text (the client&apos;s view)</source>
        <translation>纯文本进度（客户端视角）</translation>
    </message>
    <message>
        <source>GitHub Actions</source>
        <translation>GitHub Actions</translation>
    </message>
    <message>
        <source>recorded demo</source>
        <translation>录制的演示</translation>
    </message>
    <message>
        <source>%1 h %2 m</source>
        <translation>%1 时 %2 分</translation>
    </message>
    <message>
        <source>%1 m %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Connection lost</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>引用</translation>
    </message>
    <message>
        <source>Builder</source>
        <translation>构建器</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>Worker</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>组成部分</translation>
    </message>
    <message>
        <source>joined by likeness: this buildx gives each node&apos;s part a name of its own</source>
        <translation>按相似性合并：此版本的 buildx 为每个节点的部分单独命名</translation>
    </message>
    <message>
        <source>Dockerfile</source>
        <translation>Dockerfile</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Frontend</source>
        <translation>前端</translation>
    </message>
    <message>
        <source>Bake call</source>
        <translation>Bake 调用</translation>
    </message>
    <message>
        <source>Secret-looking values are left out: buildx takes those of build arguments from the environment.</source>
        <translation>已略去疑似机密的值：构建参数的这些值由 buildx 从环境中读取。</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>已请求</translation>
    </message>
    <message>
        <source>Imported from</source>
        <translation>导入自</translation>
    </message>
    <message>
        <source>Not used for</source>
        <translation>不用于</translation>
    </message>
    <message>
        <source>all stages (--no-cache)</source>
        <translation>所有阶段（--no-cache）</translation>
    </message>
    <message>
        <source>Exporter</source>
        <translation>导出器</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Pushed or stored</source>
        <translation>推送或存储</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>机密</translation>
    </message>
    <message>
        <source>SSH</source>
        <translation>SSH</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>What went wrong</source>
        <translation>出了什么问题</translation>
    </message>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>构建</translation>
    </message>
    <message>
        <source>Command that repeats it</source>
        <translation>重复此构建的命令</translation>
    </message>
    <message>
        <source>Build arguments</source>
        <translation>构建参数</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签（label）</translation>
    </message>
    <message>
        <source>Named contexts</source>
        <translation>命名上下文</translation>
    </message>
    <message>
        <source>Secrets and SSH (ids only)</source>
        <translation>机密与 SSH（仅 ID）</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Digests</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Attestations</source>
        <translation>证明</translation>
    </message>
    <message>
        <source>Provenance: what it was made from</source>
        <translation>来源证明：由什么构建而成</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Other attributes</source>
        <translation>其他属性</translation>
    </message>
</context>
<context>
    <name>LayersModel</name>
    <message>
        <source>%1, digest %2</source>
        <translation>%1，摘要 %2</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>来自 %1</translation>
    </message>
    <message>
        <source>from scratch</source>
        <translation>来自 scratch</translation>
    </message>
    <message>
        <source>internal</source>
        <translation>内部</translation>
    </message>
    <message>
        <source>export</source>
        <translation>导出</translation>
    </message>
</context>
<context>
    <name>LogSaver</name>
    <message>
        <source>The log was not saved: %1</source>
        <translation>日志未能保存：%1</translation>
    </message>
    <message>
        <source>Save the log</source>
        <translation>保存日志</translation>
    </message>
</context>
<context>
    <name>RepeatCommand</name>
    <message>
        <source>The folders of named contexts are not recorded: put them in.</source>
        <translation>记录中没有命名上下文的目录：请自行填入。</translation>
    </message>
    <message>
        <source>Secrets are recorded by id only: add env= or src= where the id is not an environment variable.</source>
        <translation>机密只记录 ID：若 ID 不是环境变量，请补上 env= 或 src=。</translation>
    </message>
    <message>
        <source>Ids of secrets and ssh keys are known only from a provenance, which this build has not.</source>
        <translation>机密与 SSH 密钥的 ID 只能从来源证明得知，而此构建没有来源证明。</translation>
    </message>
    <message>
        <source>Cache exports are not recorded.</source>
        <translation>缓存导出没有记录。</translation>
    </message>
    <message>
        <source>Where the files went is not recorded: &quot;out&quot; stands for it.</source>
        <translation>文件的去处没有记录：以“out”代替。</translation>
    </message>
    <message>
        <source>The context folder is not recorded: &quot;.&quot; stands for it.</source>
        <translation>上下文目录没有记录：以“.”代替。</translation>
    </message>
    <message>
        <source>It was one target of a bake call; this builds the target alone.</source>
        <translation>它是某次 bake 调用的一个目标；此命令只构建该目标。</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 m %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 m</source>
        <translation>%1 时 %2 分</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>canceled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>cached</source>
        <translation>已缓存</translation>
    </message>
    <message>
        <source>native</source>
        <translation>原生</translation>
    </message>
    <message>
        <source>emulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>cross</source>
        <translation>交叉</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1 of %2, %3 cached</source>
        <translation>%1 / %2，%3 个来自缓存</translation>
    </message>
    <message>
        <source>Ref</source>
        <translation>引用</translation>
    </message>
    <message>
        <source>Builder</source>
        <translation>构建器</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Merged from several nodes&apos; records by likeness (inferred).</source>
        <translation>由多个节点的记录按相似性合并（推断）。</translation>
    </message>
    <message>
        <source>Build arguments</source>
        <translation>构建参数</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行方式</translation>
    </message>
    <message>
        <source>Cached</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>累计</translation>
    </message>
    <message>
        <source>Wall</source>
        <translation>历时</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Critical path, %1</source>
        <translation>关键路径，%1</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>in step: %1</source>
        <translation>步骤：%1</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>No builds.</source>
        <translation>没有构建。</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
</context>
<context>
    <name>ReportWatch</name>
    <message>
        <source>build started</source>
        <translation>构建开始</translation>
    </message>
    <message>
        <source>build completed</source>
        <translation>构建完成</translation>
    </message>
    <message>
        <source>build canceled</source>
        <translation>构建已取消</translation>
    </message>
    <message>
        <source>build failed: %1</source>
        <translation>构建失败：%1</translation>
    </message>
    <message>
        <source>removed from the builder&apos;s history</source>
        <translation>已从构建器的历史中移除</translation>
    </message>
    <message>
        <source>failed   %1</source>
        <translation>失败   %1</translation>
    </message>
    <message>
        <source>cached   %1</source>
        <translation>缓存   %1</translation>
    </message>
    <message>
        <source>done     %1</source>
        <translation>完成   %1</translation>
    </message>
    <message>
        <source>started  %1</source>
        <translation>开始   %1</translation>
    </message>
    <message>
        <source>warning  %1</source>
        <translation>警告   %1</translation>
    </message>
    <message>
        <source>connection lost: %1</source>
        <translation>连接中断：%1</translation>
    </message>
</context>
<context>
    <name>layerline::BuildHeader</name>
    <message numerus="yes">
        <source>builder %1 · %n nodes</source>
        <translation>
            <numerusform>构建器 %1 · %n 个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>builder %1</source>
        <translation>构建器 %1</translation>
    </message>
    <message>
        <source>These nodes&apos; records look like parts of one build (old buildx keeps no common ref).</source>
        <translation>这些节点的记录看起来属于同一次构建（旧版 buildx 不保存共同的引用）。</translation>
    </message>
    <message>
        <source>from a file</source>
        <translation>来自文件</translation>
    </message>
    <message>
        <source>from rawjson</source>
        <translation>来自 rawjson</translation>
    </message>
    <message>
        <source>from a log: edges unknown</source>
        <translation>来自日志：依赖关系未知</translation>
    </message>
    <message>
        <source>GitHub Actions</source>
        <translation>GitHub Actions</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>Elapsed</source>
        <translation>已用时间</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>共 %1</translation>
    </message>
    <message>
        <source>From cache</source>
        <translation>来自缓存</translation>
    </message>
    <message>
        <source>%1 of %2 steps</source>
        <translation>%1 / %2 个步骤</translation>
    </message>
    <message>
        <source>Critical path</source>
        <translation>关键路径</translation>
    </message>
    <message>
        <source>Emulated so far</source>
        <translation>已模拟</translation>
    </message>
    <message>
        <source>Emulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>native would take about %1</source>
        <translation>原生约需 %1</translation>
    </message>
</context>
<context>
    <name>layerline::BuildListDelegate</name>
    <message>
        <source>started %1</source>
        <translation>开始于 %1</translation>
    </message>
    <message>
        <source>ended %1</source>
        <translation>结束于 %1</translation>
    </message>
    <message>
        <source>%1 of %2 steps, %3 from cache</source>
        <translation>%1 / %2 个步骤，%3 个来自缓存</translation>
    </message>
</context>
<context>
    <name>layerline::BuildListModel</name>
    <message numerus="yes">
        <source>%n platform(s)</source>
        <translation>
            <numerusform>%n 个平台</numerusform>
        </translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>%1%2 failed</source>
        <translation>%1%2 失败</translation>
    </message>
    <message>
        <source>%1failed</source>
        <translation>%1失败</translation>
    </message>
    <message>
        <source>%1 of %2 steps</source>
        <translation>%1 / %2 个步骤</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>启动中</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>connection lost</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>%1 % cached</source>
        <translation>%1% 来自缓存</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>d MMMM</source>
        <translation>M 月 d 日</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <translation>yyyy 年 M 月 d 日</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>已完成</translation>
    </message>
</context>
<context>
    <name>layerline::BuildListPanel</name>
    <message>
        <source>Builds</source>
        <translation>构建</translation>
    </message>
    <message>
        <source>Search builds, tags, errors…</source>
        <translation>搜索构建、标签、错误…</translation>
    </message>
    <message>
        <source>Search builds</source>
        <translation>搜索构建</translation>
    </message>
    <message>
        <source>Ctrl K</source>
        <translation>Ctrl K</translation>
    </message>
    <message>
        <source>No build matches</source>
        <translation>没有匹配的构建</translation>
    </message>
    <message numerus="yes">
        <source>The name, builder, tag, platform, error and reference of %n build(s) were searched for “%1”.</source>
        <translation>
            <numerusform>已在 %n 个构建的名称、构建器、标签、平台、错误和引用中查找“%1”。</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>No builds yet</source>
        <translation>还没有构建</translation>
    </message>
    <message>
        <source>Start one in any terminal, it appears here by itself:
docker buildx build .</source>
        <translation>在任意终端启动构建，它会自动出现在这里：
docker buildx build .</translation>
    </message>
    <message>
        <source>Play the recorded demo</source>
        <translation>播放录制的演示</translation>
    </message>
    <message>
        <source>Search…</source>
        <translation>搜索…</translation>
    </message>
</context>
<context>
    <name>layerline::BuildPage</name>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
</context>
<context>
    <name>layerline::BuilderCard</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message>
        <source>unused for %1</source>
        <translation>%1未使用</translation>
    </message>
    <message>
        <source>beyond %1 in all</source>
        <translation>总量超过 %1</translation>
    </message>
    <message>
        <source>never below %1</source>
        <translation>至少保留 %1</translation>
    </message>
    <message>
        <source>when less than %1 is free</source>
        <translation>可用空间少于 %1 时</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>what no image uses</source>
        <translation>没有镜像使用的内容</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The buildx driver</source>
        <translation>buildx 驱动</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n 个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>in use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>`docker buildx build` uses it when no builder is named</source>
        <translation>未指定构建器时，`docker buildx build` 使用它</translation>
    </message>
    <message>
        <source>BuildKit %1</source>
        <translation>BuildKit %1</translation>
    </message>
    <message numerus="yes">
        <source>%n build(s) running</source>
        <translation>
            <numerusform>%n 个构建运行中</numerusform>
        </translation>
    </message>
    <message>
        <source>same engine as %1</source>
        <translation>与 %1 是同一引擎</translation>
    </message>
    <message>
        <source>Worker %1</source>
        <translation>Worker %1</translation>
    </message>
    <message>
        <source>Cache %1</source>
        <translation>缓存 %1</translation>
    </message>
    <message>
        <source>nothing kept yet</source>
        <translation>尚无内容</translation>
    </message>
    <message>
        <source>%1 can be freed</source>
        <translation>可释放 %1</translation>
    </message>
    <message>
        <source>Removed by itself</source>
        <translation>自动清理</translation>
    </message>
</context>
<context>
    <name>layerline::BuildersModel</name>
    <message>
        <source>layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>local contexts</source>
        <translation>本地上下文</translation>
    </message>
    <message>
        <source>git checkouts</source>
        <translation>git 检出</translation>
    </message>
    <message>
        <source>cache mounts</source>
        <translation>缓存挂载</translation>
    </message>
    <message>
        <source>frontends</source>
        <translation>前端</translation>
    </message>
    <message>
        <source>internal</source>
        <translation>内部</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>连接中</translation>
    </message>
    <message>
        <source>live</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>down</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>not answering</source>
        <translation>无响应</translation>
    </message>
    <message>
        <source>forbidden</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>%1 is being reached for the first time.</source>
        <translation>正在首次连接 %1。</translation>
    </message>
    <message>
        <source>Nobody answers at %1&apos;s address. Is its engine running?</source>
        <translation>%1 的地址无人应答。它的引擎在运行吗？</translation>
    </message>
    <message>
        <source>%1 takes the connection but does not answer in time. It may be overloaded or frozen.</source>
        <translation>%1 接受了连接，但未及时应答。它可能过载或已冻结。</translation>
    </message>
    <message>
        <source>%1 refuses us. Your user may need to be in the docker group, or the keys are missing.</source>
        <translation>%1 拒绝了连接。你的用户可能需要加入 docker 组，或缺少密钥。</translation>
    </message>
    <message>
        <source>%1 is stopped and stays so: Layerline never starts a builder by looking at it.</source>
        <translation>%1 已停止，并保持停止：Layerline 从不因为查看而启动构建器。</translation>
    </message>
    <message>
        <source>Builder</source>
        <translation>构建器</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>驱动</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Disk use</source>
        <translation>磁盘占用</translation>
    </message>
</context>
<context>
    <name>layerline::BuildersPage</name>
    <message>
        <source>Builders</source>
        <translation>构建器</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Read the nodes and their disk use anew</source>
        <translation>重新读取节点及其磁盘占用</translation>
    </message>
    <message>
        <source>No builder is known. Start Docker, or make one with `docker buildx create`: it appears here by itself.</source>
        <translation>没有已知的构建器。启动 Docker，或用 `docker buildx create` 创建一个：它会自动出现在这里。</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n 个节点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n live</source>
        <translation>
            <numerusform>%n 个在线</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with a problem</source>
        <translation>
            <numerusform>%n 个有问题</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::CommandPalette</name>
    <message>
        <source>Type a command or a build…</source>
        <translation>输入命令或构建…</translation>
    </message>
</context>
<context>
    <name>layerline::DetailsPane</name>
    <message>
        <source>No build is selected.</source>
        <translation>未选择构建。</translation>
    </message>
</context>
<context>
    <name>layerline::DetailsValue</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Hide the value</source>
        <translation>隐藏该值</translation>
    </message>
    <message>
        <source>Show the value</source>
        <translation>显示该值</translation>
    </message>
</context>
<context>
    <name>layerline::DiskUseView</name>
    <message>
        <source>used today</source>
        <translation>今天使用</translation>
    </message>
    <message>
        <source>this week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>this month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>longer ago</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>%1 %2 (%3 can be freed)</source>
        <translation>%1 %2（可释放 %3）</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n 条记录</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %L2 bytes</source>
        <translation>%1：%L2 字节</translation>
    </message>
    <message>
        <source>can be freed: %L1 bytes</source>
        <translation>可释放：%L1 字节</translation>
    </message>
</context>
<context>
    <name>layerline::EmptyState</name>
    <message>
        <source>Play the recorded demo</source>
        <translation>播放录制的演示</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Ready: waiting for a build</source>
        <translation>就绪：等待构建</translation>
    </message>
    <message>
        <source>Start one in any terminal, from Compose, Bake or your editor. Whoever starts it, it appears here as it runs, with a lane for each architecture.</source>
        <translation>在任意终端、Compose、Bake 或编辑器中启动构建。无论由谁启动，它都会在运行时出现在这里，每个架构一条泳道。</translation>
    </message>
    <message>
        <source>For example</source>
        <translation>例如</translation>
    </message>
    <message>
        <source>Nothing to build at hand? The demo replays real builds, recorded on two platforms.</source>
        <translation>手头没有可构建的项目？演示会回放在两个平台上录制的真实构建。</translation>
    </message>
    <message>
        <source>No builder found yet</source>
        <translation>尚未找到构建器</translation>
    </message>
    <message>
        <source>Layerline watches BuildKit, which does the work of `docker build`. Start Docker, or make a builder with buildx; it is noticed by itself.</source>
        <translation>Layerline 监视 BuildKit，`docker build` 的工作由它完成。启动 Docker，或用 buildx 创建构建器，都会被自动发现。</translation>
    </message>
    <message>
        <source>Make a builder that also builds for other architectures</source>
        <translation>创建可为其他架构构建的构建器</translation>
    </message>
    <message>
        <source>You need no builder to look around: the demo replays real builds, and files (.dockerbuild, rawjson, plain logs) open without Docker.</source>
        <translation>没有构建器也可以先看看：演示会回放真实的构建，文件（.dockerbuild、rawjson、纯文本日志）无需 Docker 即可打开。</translation>
    </message>
</context>
<context>
    <name>layerline::Labels</name>
    <message>
        <source>load build context</source>
        <translation>加载构建上下文</translation>
    </message>
    <message>
        <source>context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>metadata %1</source>
        <translation>元数据 %1</translation>
    </message>
    <message>
        <source>export to %1</source>
        <translation>导出到 %1</translation>
    </message>
    <message>
        <source>export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>export cache</source>
        <translation>导出缓存</translation>
    </message>
    <message>
        <source>cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>merge manifests</source>
        <translation>合并清单</translation>
    </message>
    <message>
        <source>merge</source>
        <translation>合并</translation>
    </message>
</context>
<context>
    <name>layerline::LayersHeader</name>
    <message>
        <source>edges</source>
        <translation>连线</translation>
    </message>
    <message>
        <source>Draw what the selected step needs and what needs it</source>
        <translation>画出所选步骤依赖什么、被什么依赖</translation>
    </message>
    <message>
        <source>fold</source>
        <translation>折叠</translation>
    </message>
    <message>
        <source>Close or open all groups</source>
        <translation>折叠或展开所有分组</translation>
    </message>
</context>
<context>
    <name>layerline::LayersModel</name>
    <message>
        <source>pending</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>cached</source>
        <translation>已缓存</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>joined, %1</source>
        <translation>共用，%1</translation>
    </message>
    <message>
        <source>running, %1</source>
        <translation>运行中，%1</translation>
    </message>
    <message>
        <source>%1, invalidated by its parent</source>
        <translation>%1，因上游步骤而失效</translation>
    </message>
    <message>
        <source>failed after %1</source>
        <translation>%1 后失败</translation>
    </message>
    <message>
        <source>cancelled after %1</source>
        <translation>%1 后取消</translation>
    </message>
    <message>
        <source>Stage › step</source>
        <translation>阶段 › 步骤</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>倍数</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>构建</translation>
    </message>
    <message>
        <source>%1 · native</source>
        <translation>%1 · 原生</translation>
    </message>
    <message>
        <source>%1 · QEMU</source>
        <translation>%1 · QEMU</translation>
    </message>
    <message>
        <source>%1 · cross-compiled</source>
        <translation>%1 · 交叉编译</translation>
    </message>
</context>
<context>
    <name>layerline::LayersTable</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n 个步骤</numerusform>
        </translation>
    </message>
    <message>
        <source>shared</source>
        <translation>共享</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>已传输</translation>
    </message>
    <message>
        <source>%L1 bytes</source>
        <translation>%L1 字节</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>运行于</translation>
    </message>
    <message>
        <source> (emulated)</source>
        <translation>（模拟）</translation>
    </message>
    <message>
        <source>Needed by</source>
        <translation>用于平台</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Took %1 times as long emulated as on its own architecture</source>
        <translation>模拟运行的耗时是在其原生架构上的 %1 倍</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
</context>
<context>
    <name>layerline::LogCanvas</name>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>Opens %1</source>
        <translation>打开 %1</translation>
    </message>
</context>
<context>
    <name>layerline::LogSearchBar</name>
    <message>
        <source>Match case</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>正则表达式</translation>
    </message>
    <message>
        <source>Previous match (Shift+N)</source>
        <translation>上一处匹配（Shift+N）</translation>
    </message>
    <message>
        <source>Next match (N)</source>
        <translation>下一处匹配（N）</translation>
    </message>
    <message>
        <source>Close the search (Esc)</source>
        <translation>关闭搜索（Esc）</translation>
    </message>
    <message>
        <source>Search this log</source>
        <translation>搜索此日志</translation>
    </message>
    <message>
        <source>not a pattern</source>
        <translation>表达式无效</translation>
    </message>
    <message>
        <source>searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>no match</source>
        <translation>无匹配</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n 处匹配</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>On %n line(s) the pattern took too long to decide.</source>
        <translation>
            <numerusform>有 %n 行匹配耗时过长，未能判定。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::LogView</name>
    <message>
        <source>step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Lines of the selected step</source>
        <translation>所选步骤的输出</translation>
    </message>
    <message>
        <source>Lines of all steps of the platform, by time</source>
        <translation>该平台所有步骤的输出，按时间排列</translation>
    </message>
    <message>
        <source>Lines of all steps, by time</source>
        <translation>所有步骤的输出，按时间排列</translation>
    </message>
    <message>
        <source>Stay at the end while lines come (F)</source>
        <translation>有新输出时停留在末尾（F）</translation>
    </message>
    <message>
        <source>Search this log (/)</source>
        <translation>搜索此日志（/）</translation>
    </message>
    <message>
        <source>Go to the first error (E)</source>
        <translation>跳到第一个错误（E）</translation>
    </message>
    <message>
        <source>Save this log to a file…</source>
        <translation>将此日志保存到文件…</translation>
    </message>
    <message>
        <source>Show the time of each line</source>
        <translation>显示每行的时间</translation>
    </message>
    <message>
        <source>Copy the option</source>
        <translation>复制该选项</translation>
    </message>
    <message>
        <source>All steps</source>
        <translation>所有步骤</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>[%1] all steps</source>
        <translation>[%1] 所有步骤</translation>
    </message>
    <message>
        <source>shared</source>
        <translation>共享</translation>
    </message>
    <message>
        <source>No build is selected.</source>
        <translation>未选择构建。</translation>
    </message>
    <message>
        <source>No step has written anything yet.</source>
        <translation>还没有步骤产生输出。</translation>
    </message>
    <message>
        <source>No step wrote anything.</source>
        <translation>没有步骤产生过输出。</translation>
    </message>
    <message>
        <source>This step has not begun.</source>
        <translation>此步骤尚未开始。</translation>
    </message>
    <message>
        <source>This step has not written anything yet.</source>
        <translation>此步骤还没有输出。</translation>
    </message>
    <message>
        <source>This step came from the cache. It did not run, so there is no output.</source>
        <translation>此步骤来自缓存，没有运行，因此没有输出。</translation>
    </message>
    <message>
        <source>This step wrote nothing.</source>
        <translation>此步骤没有输出。</translation>
    </message>
    <message>
        <source>BuildKit cut this log at its limit (2 MiB a step, 200 kB/s). To keep all of it, start the builder with BUILDKIT_STEP_LOG_MAX_SIZE=-1 and BUILDKIT_STEP_LOG_MAX_SPEED=-1.</source>
        <translation>BuildKit 已按上限截断此日志（每步 2 MiB，每秒 200 kB）。要保留全部输出，请以 BUILDKIT_STEP_LOG_MAX_SIZE=-1 和 BUILDKIT_STEP_LOG_MAX_SPEED=-1 启动构建器。</translation>
    </message>
    <message>
        <source>%1 of this log never arrived.</source>
        <translation>此日志有 %1 未曾收到。</translation>
    </message>
</context>
<context>
    <name>layerline::MainWindow</name>
    <message>
        <source>Builds</source>
        <translation>构建</translation>
    </message>
    <message>
        <source>Builders</source>
        <translation>构建器</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Recorded demo</source>
        <translation>录制的演示(&amp;R)</translation>
    </message>
    <message>
        <source>Cold build</source>
        <translation>冷构建</translation>
    </message>
    <message>
        <source>Warm build</source>
        <translation>热构建</translation>
    </message>
    <message>
        <source>Failed build</source>
        <translation>失败的构建</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>转到(&amp;G)</translation>
    </message>
    <message>
        <source>Command palette…</source>
        <translation>命令面板…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>About Layerline</source>
        <translation>关于 Layerline</translation>
    </message>
    <message>
        <source>Layerline %1

Watches every multi-architecture container build of this machine.
GPL-3.0-or-later</source>
        <translation>Layerline %1

查看这台机器上的每一次多架构容器构建。
GPL-3.0-or-later</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Play or pause the recording</source>
        <translation>播放或暂停录制</translation>
    </message>
    <message>
        <source>Layerline</source>
        <translation>Layerline</translation>
    </message>
    <message>
        <source>Open a build</source>
        <translation>打开构建</translation>
    </message>
    <message>
        <source>Builds and logs (*.dockerbuild *.json *.jsonl *.log *.txt *.zip);;All files (*)</source>
        <translation>构建与日志 (*.dockerbuild *.json *.jsonl *.log *.txt *.zip);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Play the &amp;demo</source>
        <translation>播放演示(&amp;D)</translation>
    </message>
    <message>
        <source>No builder was found on this machine. You are watching a recorded build.</source>
        <translation>这台机器上没有找到构建器。你正在观看录制的构建。</translation>
    </message>
    <message>
        <source>How to get a builder</source>
        <translation>如何获得构建器</translation>
    </message>
    <message>
        <source>Hide this</source>
        <translation>隐藏</translation>
    </message>
</context>
<context>
    <name>layerline::PlatformChips</name>
    <message>
        <source>%1 runs natively here</source>
        <translation>%1 在此原生运行</translation>
    </message>
    <message>
        <source>%1 runs under QEMU here: expect it to be several times slower</source>
        <translation>%1 在此由 QEMU 模拟运行：预计会慢数倍</translation>
    </message>
    <message>
        <source>%1: not known whether this machine runs it natively</source>
        <translation>%1：不清楚这台机器能否原生运行</translation>
    </message>
</context>
<context>
    <name>layerline::ReplayBar</name>
    <message>
        <source>Recording</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>Position in the recording</source>
        <translation>录制中的位置</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>暂停（空格）</translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation>播放（空格）</translation>
    </message>
</context>
<context>
    <name>layerline::StepInspector</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1, native</source>
        <translation>%1，原生</translation>
    </message>
    <message>
        <source>%1, emulated by QEMU (inferred: not the node&apos;s own architecture)</source>
        <translation>%1，由 QEMU 模拟（推断：并非节点自身的架构）</translation>
    </message>
    <message>
        <source>%1, cross-building for %2</source>
        <translation>%1，为 %2 交叉构建</translation>
    </message>
    <message>
        <source>: another running build had begun it, this one shares the result</source>
        <translation>：另一个正在运行的构建已先开始，此处共享其结果</translation>
    </message>
    <message>
        <source>: a step below it ran, so its cached result no longer fits</source>
        <translation>：它所依赖的步骤重新运行，缓存结果不再适用</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>Needed by</source>
        <translation>用于平台</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>运行于</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>其他平台</translation>
    </message>
    <message>
        <source>In stages</source>
        <translation>所在阶段</translation>
    </message>
    <message>
        <source>Critical path</source>
        <translation>关键路径</translation>
    </message>
    <message>
        <source>yes: the build waited for this step</source>
        <translation>是：构建在等待此步骤</translation>
    </message>
    <message>
        <source>Builds on</source>
        <translation>依赖于</translation>
    </message>
    <message>
        <source>Feeds</source>
        <translation>供给</translation>
    </message>
    <message>
        <source>Transfers</source>
        <translation>传输</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>源文件</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1，第 %2 行</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>CPU %1 · memory peak %2 · wrote %3</source>
        <translation>CPU %1 · 内存峰值 %2 · 写入 %3</translation>
    </message>
    <message>
        <source>Select a step to see why it took its time, what it waited for and what waits for it.</source>
        <translation>选择一个步骤，查看它为何耗时、等待什么、以及什么在等待它。</translation>
    </message>
</context>
<context>
    <name>layerline::TimelineFooter</name>
    <message>
        <source>Overview</source>
        <translation>总览</translation>
    </message>
    <message>
        <source>whole build</source>
        <translation>整个构建</translation>
    </message>
    <message>
        <source>emulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>critical path</source>
        <translation>关键路径</translation>
    </message>
</context>
<context>
    <name>layerline::TimelineHoverCard</name>
    <message>
        <source>needed by %1</source>
        <translation>用于 %1</translation>
    </message>
    <message>
        <source>emulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>emulated on node %1</source>
        <translation>在节点 %1 上模拟</translation>
    </message>
    <message>
        <source>runs on %1</source>
        <translation>运行于 %1</translation>
    </message>
    <message>
        <source>on node %1</source>
        <translation>在节点 %1 上</translation>
    </message>
    <message>
        <source>on the critical path</source>
        <translation>位于关键路径</translation>
    </message>
    <message>
        <source>has not run</source>
        <translation>未运行</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; so far</source>
        <translation>已用 &lt;b&gt;%1&lt;/b&gt;</translation>
    </message>
    <message>
        <source>%1 had it cached</source>
        <translation>%1 命中缓存</translation>
    </message>
    <message>
        <source>%1 took %2 (&lt;b&gt;%3&lt;/b&gt;)</source>
        <translation>%1 用时 %2（&lt;b&gt;%3&lt;/b&gt;）</translation>
    </message>
    <message>
        <source>%1 took %2</source>
        <translation>%1 用时 %2</translation>
    </message>
    <message>
        <source>last output %1 ago</source>
        <translation>上次输出在 %1 前</translation>
    </message>
    <message>
        <source>started at %1</source>
        <translation>开始于 %1</translation>
    </message>
    <message>
        <source>%1 of %2 transferred (%3 %)</source>
        <translation>已传输 %1 / %2（%3%）</translation>
    </message>
    <message>
        <source>%1 transferred</source>
        <translation>已传输 %1</translation>
    </message>
    <message>
        <source>CPU %1</source>
        <translation>CPU %1</translation>
    </message>
    <message>
        <source>%1 peak</source>
        <translation>峰值 %1</translation>
    </message>
    <message>
        <source>%1 downloaded</source>
        <translation>已下载 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n input(s)</source>
        <translation>
            <numerusform>%n 个输入</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) need it</source>
        <translation>
            <numerusform>%n 个步骤依赖它</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::TimelineRuler</name>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Zoom out (-)</source>
        <translation>缩小（-）</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>放大（+）</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适应</translation>
    </message>
    <message>
        <source>Show the whole build (0)</source>
        <translation>显示整个构建（0）</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Show the time of day instead of the time since the start (T)</source>
        <translation>显示时刻而非开始后的时间（T）</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 m %2</source>
        <translation>%1 分 %2</translation>
    </message>
    <message>
        <source>%1 m</source>
        <translation>%1 分</translation>
    </message>
    <message>
        <source>%1 h %2</source>
        <translation>%1 时 %2</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 时</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
</context>
<context>
    <name>layerline::TimelineView</name>
    <message>
        <source>emulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>critical path</source>
        <translation>关键路径</translation>
    </message>
    <message>
        <source>%1 % cached</source>
        <translation>%1% 来自缓存</translation>
    </message>
    <message>
        <source>did not start</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>failed after %1</source>
        <translation>%1 后失败</translation>
    </message>
    <message>
        <source>cancelled after %1</source>
        <translation>%1 后取消</translation>
    </message>
    <message>
        <source>done %1</source>
        <translation>完成，%1</translation>
    </message>
    <message>
        <source>waits for %1</source>
        <translation>等待 %1</translation>
    </message>
    <message>
        <source>output, up to %1 lines/s</source>
        <translation>输出，最高 %1 行/秒</translation>
    </message>
    <message>
        <source>shared</source>
        <translation>共享</translation>
    </message>
    <message>
        <source>export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>native</source>
        <translation>原生</translation>
    </message>
    <message>
        <source>QEMU %1</source>
        <translation>QEMU %1</translation>
    </message>
    <message>
        <source>QEMU</source>
        <translation>QEMU</translation>
    </message>
    <message>
        <source>cross</source>
        <translation>交叉</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n 个步骤</numerusform>
        </translation>
    </message>
    <message>
        <source>context %1</source>
        <translation>上下文 %1</translation>
    </message>
    <message>
        <source>%1 · %2 %</source>
        <translation>%1 · %2%</translation>
    </message>
    <message>
        <source>waited %1</source>
        <translation>等待 %1</translation>
    </message>
    <message>
        <source>idle %1</source>
        <translation>空闲 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) more</source>
        <translation>
            <numerusform>另有 %n 个步骤</numerusform>
        </translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>No step has been announced yet</source>
        <translation>尚未收到任何步骤</translation>
    </message>
    <message>
        <source>No build selected</source>
        <translation>未选择构建</translation>
    </message>
    <message>
        <source>Lanes appear as soon as the builder starts its first step.</source>
        <translation>构建器开始第一个步骤后，泳道就会出现。</translation>
    </message>
    <message>
        <source>Choose one in the list: its platforms appear here, a lane each.</source>
        <translation>在列表中选择一个构建：它的每个平台都会在此显示为一条泳道。</translation>
    </message>
    <message>
        <source>steps at once, up to %1</source>
        <translation>同时运行的步骤，最多 %1</translation>
    </message>
    <message>
        <source>%1 · exit code %2</source>
        <translation>%1 · 退出码 %2</translation>
    </message>
</context>
<context>
    <name>layerline::Words</name>
    <message>
        <source>%1 m %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 m</source>
        <translation>%1 时 %2 分</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>&lt;%1 s</source>
        <translation>&lt;%1 秒</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>cached</source>
        <translation>已缓存</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>joined</source>
        <translation>共用</translation>
    </message>
    <message>
        <source>rebuilt</source>
        <translation>重新构建</translation>
    </message>
    <message>
        <source>invalidated</source>
        <translation>失效</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
</context>
</TS>
