// One station: everything known, each fact with its age and where it comes from.
import { useLocation, useRoute } from "preact-iso";

export function StationPage() {
  const { params } = useRoute();
  useLocation();
  return <p>{params.id}</p>;
}
