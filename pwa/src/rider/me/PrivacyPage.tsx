// 隐私: what is kept and what is not, in plain words. True of this version: whoever changes what is kept changes this.
import { Footer } from "../../shared/ui/Footer.tsx";
import { Screen, TopBar } from "../../shared/ui/Screen.tsx";
import { language } from "../../shared/words/index.ts";
import { allWords } from "../../shared/words/pages.ts";

type Part = { title: string; points: string[] };

const ZH: Part[] = [
  {
    title: "你的位置",
    points: [
      "你点了定位，手机才会问你给不给。不给也能用。",
      "找最近的驿站时，坐标会发到暖蜂的服务器，算完就丢，不写进数据库，也不写进日志。",
      "上次的位置存在你自己手机里，下次打开先按它找。在手机设置里清掉本站数据就没了。",
      "点导航时，打开的是高德、百度或腾讯的网页，只交给它们驿站的位置，不交你的。之后它们怎么用你的位置，按它们的规定。",
    ],
  },
  {
    title: "存在你手机里的",
    points: ["筛选、收藏、明暗、语言、用哪个地图。", "驿站的名单和开放时间，没网时也能找。", "这些都不会发回服务器。"],
  },
  {
    title: "服务器上的",
    points: [
      "现在不用注册，服务器不知道你是谁。",
      "不用 cookie，不放广告和统计代码，页面不从别的网站取任何东西。",
      "服务器会数一共被问了多少次，用来看忙不忙，不分人。",
    ],
  },
];

const EN: Part[] = [
  {
    title: "Your position",
    points: [
      "The phone asks you only after you tap “Find me”. Without it everything still works.",
      "To find the nearest station the coordinates go to Nuanfeng's server, are used for the answer and dropped: not written to its database or its logs.",
      "Your last place is kept on your own phone and used the next time. Clearing this site's data removes it.",
      "Navigation opens a page of AMap, Baidu or Tencent and hands over the station's position, not yours. What they do with your position is up to their rules.",
    ],
  },
  {
    title: "Kept on your phone",
    points: [
      "Filters, favourites, light or dark, language, which map.",
      "The list of stations and their hours, so that it works without a network.",
      "None of it is sent back.",
    ],
  },
  {
    title: "On the server",
    points: [
      "There is no account; the server does not know who you are.",
      "No cookies, no advertising or tracking code; the page loads nothing from other sites.",
      "The server counts how often it is asked, to see how busy it is, never by person.",
    ],
  },
];

export function PrivacyPage() {
  const w = allWords.value;
  return (
    <Screen title={w.me.privacy} head={<TopBar title={w.me.privacy} />}>
      <div class="prose">
        {(language.value === "en" ? EN : ZH).map(({ title, points }) => (
          <section key={title}>
            <h2>{title}</h2>
            <ul>
              {points.map((point) => (
                <li key={point}>{point}</li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <Footer />
    </Screen>
  );
}
